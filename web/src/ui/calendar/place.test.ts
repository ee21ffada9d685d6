import { describe, expect, it } from 'vitest';
import { daysOf, stepped, titleOf } from './place';

describe('the place of the calendar', () => {
  it('goes from the last of a long month to the next month, not past it', () => {
    expect(stepped('2026-01-31', 'month', 1)).toBe('2026-02-01');
    expect(stepped('2026-01-31', 'month', -1)).toBe('2025-12-01');
  });

  it('goes by weeks and days across a year', () => {
    expect(stepped('2026-12-29', 'week', 1)).toBe('2027-01-05');
    expect(stepped('2027-01-01', 'day', -1)).toBe('2026-12-31');
  });

  it('shows whole weeks of a month', () => {
    const days = daysOf('month', '2026-11-20');
    expect([days[0], days.at(-1), days.length % 7]).toEqual(['2026-10-26', '2026-12-06', 0]);
  });

  it('is written as people write it', () => {
    // Versions of the language data differ in the spaces around the dash.
    const week = titleOf('week', '2026-11-20', 'en', false).replace(/\s*–\s*/, '–');
    expect(week).toBe('16–22 Nov 2026');
    expect(titleOf('month', '2026-11-20', 'en', false)).toBe('November 2026');
  });
});
