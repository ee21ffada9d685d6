import { describe, expect, it } from 'vitest';
import type { ProjectRow } from '@/api/types.gen';
import { begin, gather } from './dateChanges';

const project = (id: string, dates: Partial<ProjectRow>) => ({ id, ...dates }) as ProjectRow;

describe('setting the date of a stage', () => {
  it('moves its end along, so that it takes as long as before', () => {
    const row = project('a', { shootDate: '2026-11-20', shootEndDate: '2026-11-24' });
    expect(begin(row, 'shoot', '2026-12-30')).toEqual({ shootDate: '2026-12-30', shootEndDate: '2027-01-03' });
  });

  it('takes its end off the plan with it', () => {
    const row = project('a', { shootDate: '2026-11-20', shootEndDate: '2026-11-24' });
    expect(begin(row, 'shoot', null)).toEqual({ shootDate: null, shootEndDate: null });
    expect(begin(project('a', {}), 'mix', '2026-12-01')).toEqual({ mixDate: '2026-12-01' });
  });

  it('is one change for each project', () => {
    const [a, b] = [project('a', {}), project('b', {})];
    const changes = gather([
      { row: a, fields: { shootDate: '2026-12-01' } },
      { row: b, fields: { mixDate: null } },
      { row: a, fields: { mixDate: '2026-12-02' } },
    ]);
    expect(changes).toEqual([
      { row: a, fields: { shootDate: '2026-12-01', mixDate: '2026-12-02' } },
      { row: b, fields: { mixDate: null } },
    ]);
  });
});
