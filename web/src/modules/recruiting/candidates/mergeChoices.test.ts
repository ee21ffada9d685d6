import { expect, it } from 'vitest';
import type { CandidateRow } from '@/api/types.gen';
import { mergeChoices } from './mergeChoices';

const row = (values: Partial<CandidateRow>) =>
  ({ phone: null, rating: 0, doNotHire: false, ...values }) as CandidateRow;

it('asks only about what differs, fills gaps from the duplicate and keeps a warning of either', () => {
  const target = row({ fullName: 'Ada King', email: 'ada@example.com', source: 'Referral' });
  const duplicate = row({
    fullName: 'Ada Lovelace',
    email: 'ada@example.com',
    phone: '+441',
    rating: 2,
    doNotHire: true,
  });
  expect(mergeChoices(target, duplicate)).toEqual({
    fullName: 'target',
    phone: 'duplicate',
    source: 'target',
    rating: 'duplicate',
    doNotHire: 'duplicate',
  });
});
