import { describe, expect, it } from 'vitest';
import { type DiffPart, diffWords } from './diff';

const without = (parts: DiffPart[], kind: DiffPart['kind']) =>
  parts
    .filter(part => part.kind !== kind)
    .map(part => part.text)
    .join('');

describe('the difference of two texts', () => {
  it('keeps what stayed and marks what changed', () => {
    expect(diffWords('Senior data engineer', 'Senior platform engineer')).toEqual([
      { kind: 'same', text: 'Senior ' },
      { kind: 'removed', text: 'data' },
      { kind: 'added', text: 'platform' },
      { kind: 'same', text: ' engineer' },
    ]);
  });

  it.each([
    ['', 'new'],
    ['old', ''],
    ['a b c', 'c b a'],
    ['one\ntwo  three', 'one\nthree  two'],
    ['x '.repeat(900), 'y '.repeat(900)],
  ])('can be read back to both texts', (before, after) => {
    const parts = diffWords(before, after);
    expect([without(parts, 'added'), without(parts, 'removed')]).toEqual([before, after]);
  });

  it('is nothing but the text when nothing changed', () =>
    expect(diffWords('same words', 'same words')).toEqual([{ kind: 'same', text: 'same words' }]));
});
