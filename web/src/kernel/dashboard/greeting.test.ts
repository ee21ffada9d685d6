import { expect, it } from 'vitest';
import { partOfDay } from './greeting';

it('greets by the clock of the person, not of the server', () => {
  const instant = Date.parse('2026-11-21T05:30:00Z');
  expect(partOfDay(instant, 'Europe/Berlin')).toBe('morning');
  expect(partOfDay(instant, 'Asia/Tokyo')).toBe('afternoon');
  expect(partOfDay(instant, 'America/Los_Angeles')).toBe('evening');
});
