import { describe, expect, it } from 'vitest';
import { writeDetail } from './logDetail';

const around = { locale: 'en', zone: 'Europe/Zurich', now: Date.parse('2026-11-21T12:00:00Z') };

describe('a line of the backup log', () => {
  it('writes sizes and moments as people do, and leaves out what is nothing', () => {
    expect(
      writeDetail(
        {
          size: 1_240_000,
          dueAt: '2026-11-21T01:00:00Z',
          rows: 12,
          why: null,
          sha256: 'd00c22',
          intact: true,
          formats: ['json'],
        },
        around,
      ),
    ).toBe('1.2 MB · due at Today 02:00 · rows 12');
    expect(writeDetail(null, around)).toBe('');
  });
});
