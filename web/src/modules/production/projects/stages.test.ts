import { describe, expect, it } from 'vitest';
import type { ProjectRow } from '@/api/types.gen';
import { obstacle, openFirst, planned, stateOf } from './stages';

const project = (dates: Partial<ProjectRow>): ProjectRow =>
  ({ status: 'planned', shootDate: null, gradeDate: null, mixDate: null, deliveryDate: null, ...dates }) as ProjectRow;
const state = (dates: Partial<ProjectRow>) => stateOf(project(dates), 'shoot', '2026-11-20', '2026-11-27');

it('puts what is being worked on before what is closed, each in its order', () => {
  const [old, held, given, next] = (['archived', 'on_hold', 'cancelled', 'planned'] as const).map(status =>
    project({ status }),
  ) as [ProjectRow, ProjectRow, ProjectRow, ProjectRow];
  expect(openFirst([old, held, given, next])).toEqual([held, next, old, given]);
});

describe('how a stage stands', () => {
  it('is late once its last day has passed, as long as the project is open', () => {
    expect(state({ shootDate: '2026-11-10', shootEndDate: '2026-11-20' })).toBe('soon');
    expect(state({ shootDate: '2026-11-10', shootEndDate: '2026-11-19' })).toBe('overdue');
    expect(state({ shootDate: '2026-11-10', status: 'on_hold' })).toBe('overdue');
  });

  it('is done when it was, and when the whole project is', () => {
    expect(state({ shootDate: '2026-11-10', shootDoneDate: '2026-11-12' })).toBe('done');
    expect(state({ shootDate: '2026-11-10', status: 'archived' })).toBe('done');
  });

  it('is neither late nor done in a project that was given up', () => {
    expect(state({ shootDate: '2026-11-10', status: 'cancelled' })).toBe('planned');
  });

  it('is nothing without a date', () => {
    expect(state({})).toBe('none');
    expect(planned(project({}), 'mix')).toBeNull();
  });
});

describe('what speaks against other dates', () => {
  const say = { afterDelivery: (stage: string) => `${stage} late`, beforeShoot: (stage: string) => `${stage} early` };
  const ask = (dates: Partial<ProjectRow>, stage: 'shoot' | 'grade' | 'mix' | 'delivery', start: string, end = start) =>
    obstacle(
      one => planned(project(dates), one),
      stage,
      { start, end },
      day => (day === '2026-12-25' ? 'Christmas' : null),
      say,
    );

  it('refuses a stage after the delivery, whichever of the two is moved', () => {
    expect(ask({ deliveryDate: '2026-12-01' }, 'mix', '2026-12-02')).toEqual({
      level: 'refusal',
      sentence: 'mix late',
    });
    expect(ask({ shootDate: '2026-12-05' }, 'delivery', '2026-12-01')).toEqual({
      level: 'refusal',
      sentence: 'shoot late',
    });
    expect(ask({ deliveryDate: '2026-12-01' }, 'mix', '2026-12-01')).toBeNull();
  });

  it('warns of a grade or mix before the shoot, and of nothing between the two', () => {
    expect(ask({ shootDate: '2026-12-05' }, 'grade', '2026-12-01')).toEqual({
      level: 'warning',
      sentence: 'grade early',
    });
    expect(ask({ gradeDate: '2026-12-05' }, 'mix', '2026-12-01')).toBeNull();
  });

  it('warns of a day off at either end', () => {
    expect(ask({}, 'shoot', '2026-12-24', '2026-12-25')).toEqual({ level: 'warning', sentence: 'Christmas' });
  });
});
