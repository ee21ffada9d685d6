import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { HistoryItem } from '@/api/types.gen';
import type { Problem } from '../http/problem';
import { request } from '../http/request';
import type { RecordRow } from './fields';
import { follows } from './follow';
import { recordKeys } from './keys';
import type { Noun } from './noun';

export interface RecordPage<Row = RecordRow> {
  items: Row[];
  total: number;
  totalIsExact: boolean;
  page: number;
  limit: number;
  nextCursor: string | null;
}

const pageSize = 100;

export interface RecordWindow {
  total: number;
  totalIsExact: boolean;
  rowAt: (index: number) => RecordRow | undefined;
  onRange: (first: number, last: number) => void;
  /** Nothing of this query was shown yet. */
  waiting: boolean;
  /** The rows of a former query are still shown. */
  stale: boolean;
  problem: Problem | null;
  retry: () => void;
}

/** Whether the noun has any record at all, asked while `asked`; undefined until that is known, and taken for granted without an answer. */
export function useAnyRecord(noun: Noun, asked: boolean): boolean | undefined {
  const { data, isError } = useQuery({
    queryKey: recordKeys.page(noun.key, { limit: '1' }, 0),
    queryFn: ({ signal }) => request<RecordPage>('GET', noun.path, { query: { limit: 1 }, signal }),
    enabled: asked,
  });
  if (!asked) return undefined;
  return data ? data.total > 0 : isError || undefined;
}

/** A list of any length, of which only the pages that are looked at are fetched. */
export function useRecordWindow(
  noun: Noun,
  query: Readonly<Record<string, string>>,
  { onlyTotal = false, enabled = true }: { onlyTotal?: boolean; enabled?: boolean } = {},
): RecordWindow {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const pages = useMemo(() => {
    const [from, to] = [Math.floor(range.first / pageSize), Math.floor(range.last / pageSize)];
    const numbers = new Set([0]);
    for (let page = from; page <= to; page++) numbers.add(page);
    return [...numbers];
  }, [range]);

  const answers = useQueries({
    queries: pages.map(page => ({
      queryKey: recordKeys.page(noun.key, onlyTotal ? { ...query, limit: '1' } : query, page),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        request<RecordPage>('GET', noun.path, {
          query: { ...query, page: page + 1, limit: onlyTotal ? 1 : pageSize },
          signal,
        }),
      enabled,
      // One row that was counted with is no page to show meanwhile.
      placeholderData: (before: RecordPage | undefined) => (!onlyTotal && before?.limit === 1 ? undefined : before),
      meta: follows(...(noun.follows ?? [])),
    })),
  });

  const first = answers[0];
  const loaded = answers.map(answer => answer.data?.items);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pages' contents are the dependencies, spread out
  const byPage = useMemo(() => new Map(pages.map((page, place) => [page, loaded[place]])), [pages, ...loaded]);
  const rowAt = useCallback((index: number) => byPage.get(Math.floor(index / pageSize))?.[index % pageSize], [byPage]);
  const onRange = useCallback((from: number, to: number) => {
    setRange(before => (before.first === from && before.last === to ? before : { first: from, last: to }));
  }, []);
  return {
    total: first?.data?.total ?? 0,
    totalIsExact: first?.data?.totalIsExact ?? true,
    rowAt,
    onRange,
    waiting: first?.isPending ?? true,
    stale: first?.isPlaceholderData ?? false,
    problem: first?.data === undefined ? (first?.error as Problem | null) : null,
    retry: () => void first?.refetch(),
  };
}

/** Some rows at once, for boards and calendars. `limit` is capped by the server at 200. */
export function useRecordPage<Row = RecordRow>(
  noun: Pick<Noun, 'key' | 'path' | 'follows'>,
  query: Readonly<Record<string, string>>,
  limit = 200,
  enabled = true,
) {
  return useQuery<RecordPage<Row>, Problem>({
    queryKey: [...recordKeys.lists(noun.key), 'some', query, limit],
    queryFn: ({ signal }) => request('GET', noun.path, { query: { ...query, limit }, signal }),
    placeholderData: keepPreviousData,
    enabled,
    meta: follows(...(noun.follows ?? [])),
  });
}

/** More rows than this no grid, timeline or calendar can show at once; people are told to filter. */
export const mostRecords = 1_000;

/** All rows of a query at once, up to `mostRecords`; for views that place them themselves. */
export function useAllRecords<Row = RecordRow>(
  noun: Pick<Noun, 'key' | 'path' | 'follows'>,
  query: Readonly<Record<string, string>>,
  enabled = true,
) {
  return useQuery<RecordPage<Row>, Problem>({
    queryKey: [...recordKeys.lists(noun.key), 'all', query],
    enabled,
    queryFn: async ({ signal }) => {
      const limit = 200;
      const page = (number: number) =>
        request<RecordPage<Row>>('GET', noun.path, { query: { ...query, limit, page: number }, signal });
      const first = await page(1);
      const pages = Math.min(Math.ceil(first.total / limit), mostRecords / limit);
      const rest = await Promise.all(Array.from({ length: Math.max(0, pages - 1) }, (_, place) => page(place + 2)));
      return { ...first, items: [first, ...rest].flatMap(one => one.items) };
    },
    placeholderData: keepPreviousData,
    meta: follows(...(noun.follows ?? [])),
  });
}

/** One record. `fromList`: until it is read, what its list showed of it, so that it opens at once. */
export function useRecord<Row extends { id: string } = RecordRow>(noun: Noun, id: string, { fromList = false } = {}) {
  const client = useQueryClient();
  return useQuery<Row, Problem>({
    queryKey: recordKeys.one(noun.key, id),
    queryFn: ({ signal }) => request('GET', `${noun.path}/${id}`, { signal }),
    placeholderData: () => {
      if (!fromList) return undefined;
      for (const [, page] of client.getQueriesData<{ items?: readonly Row[] }>({
        queryKey: recordKeys.lists(noun.key),
      })) {
        const row = page?.items?.find(one => one.id === id);
        if (row) return row as never;
      }
      return undefined;
    },
    meta: follows(...(noun.follows ?? [])),
  });
}

export function useHistory(noun: Noun, id: string) {
  return useQuery<{ items: HistoryItem[] }, Problem>({
    queryKey: recordKeys.history(noun.key, id),
    queryFn: ({ signal }) => request('GET', `${noun.path}/${id}/history`, { signal }),
  });
}
