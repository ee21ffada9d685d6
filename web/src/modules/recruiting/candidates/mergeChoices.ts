import type { CandidateRow, MergeSide } from '@/api/types.gen';
import { same } from '@/kernel/records/same';

/** Fields that hold one value each; lists are united and the stage has its own rules. */
const single = [
  'fullName',
  'email',
  'position',
  'phone',
  'resumeUrl',
  'source',
  'location',
  'currentEmployer',
  'availabilityDate',
  'rating',
  'ownerId',
  'doNotHire',
  'notes',
] as const satisfies readonly (keyof CandidateRow)[];

/** The fields in which two records differ, with whose value would stay by itself: the first one's, unless it has none. */
export function mergeChoices(target: CandidateRow, duplicate: CandidateRow): Record<string, MergeSide> {
  const choices: Record<string, MergeSide> = {};
  for (const field of single) {
    if (same(target[field], duplicate[field])) continue;
    choices[field] = isEmpty(target[field]) && !isEmpty(duplicate[field]) ? 'duplicate' : 'target';
  }
  return choices;
}

const isEmpty = (value: unknown) => value === null || value === '' || value === 0 || value === false;
