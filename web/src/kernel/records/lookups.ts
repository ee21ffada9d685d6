import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { LookupItem } from '@/ui/fields/Lookup';
import { request } from '../http/request';

interface Found {
  items: LookupItem[];
}

/** A lookup answers for so many ids at once. */
const mostIds = 100;

/** Asks for records by their ids, each a parameter of its own. */
const these = (path: string, ids: readonly string[]) =>
  `${path}?limit=${mostIds}${ids
    .slice(0, mostIds)
    .map(id => `&ids=${encodeURIComponent(id)}`)
    .join('')}`;

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
    queryFn: ({ signal }) => request<Found>('GET', these(path, ids), { signal }),
    enabled: wanted !== '',
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
  return useMemo(() => new Map(data?.items.map(item => [item.id, item.name])), [data]);
}

/** What tells a record from others of its name; nothing until it is known. */
export function useDetail(path: string, id: string): string | null {
  const { data } = useQuery({
    queryKey: ['lookup', path, 'detail', id],
    queryFn: () => detailOf(path, id),
    staleTime: 60_000,
  });
  return data ?? null;
}

/** Asked for in one turn, by path: many rows on a screen are one request. */
const waiting = new Map<string, { ids: Set<string>; answer: Promise<ReadonlyMap<string, string | null>> }>();

async function detailOf(path: string, id: string): Promise<string | null> {
  let turn = waiting.get(path);
  if (!turn || turn.ids.size >= mostIds) {
    const ids = new Set<string>();
    turn = { ids, answer: Promise.resolve().then(() => readDetails(path, ids)) };
    waiting.set(path, turn);
  }
  turn.ids.add(id);
  return (await turn.answer).get(id) ?? null;
}

async function readDetails(path: string, ids: ReadonlySet<string>) {
  // A moment, so that all that is drawn at once has asked.
  await new Promise(resolve => setTimeout(resolve, 10));
  if (waiting.get(path)?.ids === ids) waiting.delete(path);
  const { items } = await request<Found>('GET', these(path, [...ids]));
  return new Map(items.map(item => [item.id, item.detail ?? null]));
}
