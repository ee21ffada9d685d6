import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Problem } from '../../http/problem';
import { request } from '../../http/request';
import { useAttending } from '../../jobs/attended';
import { isActive, type Job } from '../../jobs/job';
import { showJob } from '../../jobs/jobNews';
import { useJob } from '../../jobs/useJobs';
import { queryClient } from '../../query';
import type { ImportRow, ImportRun, Mapping, RowAction } from '../contract';
import { exchangePath } from '../useExchange';

const path = `${exchangePath}/imports`;
const pageSize = 100;

export const runKeys = {
  list: (noun: string) => ['exchange', 'imports', noun] as const,
  one: (id: string) => ['exchange', 'import', id] as const,
  rows: (id: string) => ['exchange', 'import', id, 'rows'] as const,
};

export interface RunPage {
  items: ImportRun[];
  total: number;
}

export interface RowPage {
  items: ImportRow[];
  total: number;
  page: number;
}

export function useRuns(noun: string) {
  return useQuery<RunPage, Problem>({
    queryKey: runKeys.list(noun),
    queryFn: ({ signal }) => request('GET', path, { query: { noun, limit: 50 }, signal }),
  });
}

/** An import, and the job that works on it; both are read again when the job ends. */
export function useRun(id: string): {
  run: ImportRun | undefined;
  problem: Problem | null;
  job: Job | undefined;
  retry: () => void;
} {
  const query = useQuery<ImportRun, Problem>({
    queryKey: runKeys.one(id),
    queryFn: ({ signal }) => request('GET', `${path}/${id}`, { signal }),
  });
  const job = useJob(query.data?.jobId).data;
  useAttending(job);
  const active = job !== undefined && isActive(job);
  // A job may have ended before it was first looked at: what counts is that the run still calls itself running.
  const stale = query.data?.status === 'running' && job !== undefined && !active;
  useEffect(() => {
    if (!stale) return;
    void queryClient.invalidateQueries({ queryKey: runKeys.one(id) });
    void queryClient.invalidateQueries({ queryKey: ['records'] });
  }, [stale, id]);
  return {
    run: query.data,
    problem: query.data === undefined ? query.error : null,
    job: active ? job : undefined,
    retry: () => void query.refetch(),
  };
}

/** Rows of a dry run that would be treated in one way. */
export function useRows(id: string, action: RowAction) {
  return useInfiniteQuery<RowPage, Problem, { pages: RowPage[] }, readonly unknown[], number>({
    queryKey: [...runKeys.rows(id), action],
    queryFn: ({ signal, pageParam }) =>
      request('GET', `${path}/${id}/rows`, { query: { action, page: pageParam, limit: pageSize }, signal }),
    initialPageParam: 1,
    getNextPageParam: last => (last.page * pageSize < last.total ? last.page + 1 : undefined),
    placeholderData: (before, query) => (query?.queryKey[4] === action ? before : undefined),
  });
}

/** Rows an undoing left as they are. */
export function useRowsLeft(id: string, outcome: 'kept' | 'blocked') {
  return useQuery<RowPage, Problem>({
    queryKey: [...runKeys.rows(id), 'undo', outcome],
    queryFn: ({ signal }) =>
      request('GET', `${path}/${id}/rows`, { query: { undo: outcome, limit: pageSize }, signal }),
  });
}

function keep(run: ImportRun): ImportRun {
  queryClient.setQueryData(runKeys.one(run.id), run);
  void queryClient.invalidateQueries({ queryKey: runKeys.list(run.noun) });
  return run;
}

export const upload = async (noun: string, file: File, signal: AbortSignal, onSent: (part: number) => void) =>
  keep(await request<ImportRun>('POST', path, { query: { noun, fileName: file.name }, body: file, signal, onSent }));

export const saveMapping = async (id: string, mapping: Mapping) =>
  keep(await request<ImportRun>('PUT', `${path}/${id}/mapping`, { body: mapping }));

export const check = async (id: string) => {
  const run = keep(await request<ImportRun>('POST', `${path}/${id}/check`));
  void queryClient.invalidateQueries({ queryKey: runKeys.rows(id) });
  return run;
};

export interface RowFix {
  values?: Record<string, string>;
  skip?: boolean;
  recordId?: string;
}

export const fixRow = (id: string, n: number, fix: RowFix) =>
  request<ImportRow>('PATCH', `${path}/${id}/rows/${n}`, { body: fix });

/** Leaves out every row that can't be imported as it is. */
export async function skipErrors(id: string): Promise<void> {
  keep(await request<ImportRun>('POST', `${path}/${id}/errors/skip`));
  await queryClient.invalidateQueries({ queryKey: runKeys.rows(id) });
}

/** What a fix changed elsewhere: counts, and rows that clashed with the one that was fixed. */
export async function rereadRows(id: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: runKeys.one(id), exact: true }),
    queryClient.invalidateQueries({ queryKey: runKeys.rows(id) }),
  ]);
}

async function start(id: string, verb: 'apply' | 'undo'): Promise<Job> {
  const job = await request<Job>('POST', `${path}/${id}/${verb}`);
  showJob(job);
  await queryClient.invalidateQueries({ queryKey: runKeys.one(id), exact: true });
  if (!isActive(job)) void queryClient.invalidateQueries({ queryKey: ['records'] });
  return job;
}

export const apply = (id: string) => start(id, 'apply');
export const undo = (id: string) => start(id, 'undo');

export async function discard(run: ImportRun): Promise<void> {
  await request('DELETE', `${path}/${run.id}`);
  queryClient.removeQueries({ queryKey: runKeys.one(run.id) });
  void queryClient.invalidateQueries({ queryKey: runKeys.list(run.noun) });
}

export const errorsPath = (id: string) => `${path}/${id}/errors`;
