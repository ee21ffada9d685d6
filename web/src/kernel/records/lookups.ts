import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { LookupItem } from '@/ui/fields/Lookup';
import { request } from '../http/request';

interface Found {
  items: LookupItem[];
}

/** What a picker asks: `GET <path>?search=`. */
export function useFind(path: string) {
  return useCallback(
    async (search: string, signal: AbortSignal) =>
      (await request<Found>('GET', path, { query: { search, limit: 20 }, signal })).items,
    [path],
  );
}

/** Names of some ids, as far as they are there. Nothing is asked without ids. */
export function useNames(path: string, ids: readonly string[]): ReadonlyMap<string, string> {
  const wanted = ids.join();
  const { data } = useQuery({
    queryKey: ['lookup', path, wanted],
    queryFn: ({ signal }) => request<Found>('GET', path, { query: { ids: wanted }, signal }),
    enabled: wanted !== '',
    staleTime: 60_000,
  });
  return useMemo(() => new Map(data?.items.map(item => [item.id, item.name])), [data]);
}
