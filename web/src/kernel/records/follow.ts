import { queryClient } from '../query';

/**
 * What a query shows beside the records its key names: other nouns, by their live names. When one of those changes, here or
 * at somebody else's desk, the query is fetched again. For `meta`.
 */
export const follows = (...nouns: readonly string[]) => ({ follows: nouns });

/** Fetches again everything that shows records of these nouns. */
export function refetchNouns(nouns: readonly string[]) {
  return queryClient.invalidateQueries({
    predicate: ({ queryKey: [area, noun], meta }) =>
      (area === 'records' && nouns.includes(noun as string)) ||
      ((meta?.follows as readonly string[] | undefined)?.some(one => nouns.includes(one)) ?? false),
  });
}
