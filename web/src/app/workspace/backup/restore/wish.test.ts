import { describe, expect, it } from 'vitest';
import { readState, wishOf, writeState } from './wish';

const read = (query: string) => readState(new URLSearchParams(query));

describe('what comes back from a backup', () => {
  it('is held by the address', () => {
    for (const query of [
      'noun=school%2Fclasses&ids=a%2Cb',
      'scope=noun&noun=x&mode=replace',
      'scope=workspace&mode=replace',
      '',
    ]) {
      expect(writeState(read(query)).toString()).toBe(query);
    }
  });

  it('is nothing until it is known what', () => {
    expect([wishOf(read('')), wishOf(read('noun=x')), wishOf(read('scope=noun'))]).toEqual([null, null, null]);
    expect(wishOf(read('noun=x&ids=a,b'))).toEqual({ noun: 'x', recordIds: ['a', 'b'], mode: 'merge' });
    expect(wishOf(read('scope=workspace'))).toEqual({ mode: 'merge' });
  });

  it('never replaces a whole list for the sake of single records', () => {
    expect(wishOf(read('noun=x&ids=a&mode=replace'))).toMatchObject({ mode: 'merge' });
    expect(wishOf(read('scope=noun&noun=x&mode=replace'))).toEqual({ noun: 'x', mode: 'replace' });
  });
});
