import { expect, it } from 'vitest';
import { taggedGroups } from './taggedGroups';

it('adds words to what each candidate has, in one request for those with equal tags', () => {
  const rows = [
    { id: 'a', tags: [] },
    { id: 'b', tags: ['priority'] },
    { id: 'c', tags: [] },
    { id: 'd', tags: ['Berlin'] },
  ];
  expect(taggedGroups(rows, ['berlin'])).toEqual([
    { ids: ['a', 'c'], tags: ['berlin'] },
    { ids: ['b'], tags: ['priority', 'berlin'] },
  ]);
});
