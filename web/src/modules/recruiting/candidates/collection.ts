import { recordKeys } from '@/kernel/records/keys';

/** Where candidates live: for the parts their own declaration is made of, which can't import it. */
export const candidates = { key: 'candidates', path: '/api/v1/recruiting/candidates' } as const;

export const duplicatesKey = (id: string) => [...recordKeys.noun(candidates.key), 'duplicates', id] as const;
export const mergesKey = [...recordKeys.noun(candidates.key), 'merges'] as const;

/** The form of an interview with this candidate chosen. */
export const scheduleHref = (id: string) => `/interviews/new?with.candidateId=${id}`;
