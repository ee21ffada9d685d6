import { describe, expect, it } from 'vitest';
import { overloads, workDays } from './load';

const usual = workDays(new Set([1, 2, 3, 4, 5]), new Map([['2026-12-25', 'Christmas']]));

describe('more work than a day holds', () => {
  it('is told for the days on which it piles up', () => {
    const found = overloads(
      [
        { start: '2026-11-23', end: '2026-11-27', estimate: 5 * 480 },
        { start: '2026-11-25', end: '2026-11-26', estimate: 2 * 240 },
      ],
      usual,
    );
    expect(found).toEqual([{ start: '2026-11-25', end: '2026-11-26', part: 1.5 }]);
  });

  it('counts only days on which people work', () => {
    // Thursday to Monday over Christmas: two work days for three days of work.
    const [day] = overloads([{ start: '2026-12-24', end: '2026-12-28', estimate: 3 * 480 }], usual);
    expect(day).toEqual({ start: '2026-12-24', end: '2026-12-24', part: 1.5 });
  });

  it('is not a day that is exactly full', () => {
    expect(overloads([{ start: '2026-11-23', end: '2026-11-24', estimate: 960 }], usual)).toEqual([]);
  });

  it('takes work without an estimate for half of each day', () => {
    const open = { start: '2026-11-23', end: '2026-11-23', estimate: null };
    expect(overloads([open, open], usual)).toEqual([]);
    expect(overloads([open, open, open], usual)).toEqual([{ start: '2026-11-23', end: '2026-11-23', part: 1.5 }]);
  });
});
