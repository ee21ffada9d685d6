import { expect, test } from 'vitest';
import { mendedTo } from './mended';

test('a day the month does not have becomes its last one', () => {
  expect(mendedTo({ year: 2027, month: 2, day: 29 })).toBe(28);
  expect(mendedTo({ year: 1900, month: 2, day: 29 })).toBe(28);
  expect(mendedTo({ year: 2027, month: 4, day: 31 })).toBe(30);
});

test('a day the month has stays', () => {
  expect(mendedTo({ year: 2028, month: 2, day: 29 })).toBeNull();
  expect(mendedTo({ year: 2000, month: 2, day: 29 })).toBeNull();
  expect(mendedTo({ year: 2027, month: 12, day: 31 })).toBeNull();
});
