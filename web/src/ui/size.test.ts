import { describe, expect, it } from 'vitest';
import { writeSize } from './size';

describe('a size', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_240, '1.2 kB'],
    [12_400_000, '12 MB'],
    [3_000_000_000, '3 GB'],
  ])('%i is written %s', (bytes, text) => expect(writeSize(bytes, 'en')).toBe(text));
});
