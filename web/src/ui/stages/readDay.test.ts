import { describe, expect, it } from 'vitest';
import { readDay } from './readDay';

const read = (text: string, near = '2026-11-20') => readDay(text, near, '2026-11-21');

describe('a typed date', () => {
  it('is read as people write it, the day before the month', () => {
    expect(read('2026-03-12')).toBe('2026-03-12');
    expect(read('12.10.')).toBe('2026-10-12');
    expect(read('12/10/27')).toBe('2027-10-12');
    expect(read('3 dec')).toBe('2026-12-03');
    expect(read('3 December 2027')).toBe('2027-12-03');
    expect(read('28')).toBe('2026-11-28');
    expect(read('today')).toBe('2026-11-21');
  });

  it('without a year lies nearest to the date it replaces', () => {
    expect(read('5 jan')).toBe('2027-01-05');
    expect(read('20.12.', '2026-01-10')).toBe('2025-12-20');
  });

  it('moves from the date it replaces with a sign', () => {
    expect(read('+7')).toBe('2026-11-27');
    expect(read('-20')).toBe('2026-10-31');
  });

  it('is never guessed', () => {
    for (const text of ['', 'soon', '31.2.', '32', '12 foo', '2026-13-01', '1.1.1', '12.12.12.12'])
      expect(read(text), text).toBeNull();
  });
});
