import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import type { Job } from '@/kernel/jobs/job';
import { showJob } from '@/kernel/jobs/jobNews';
import { isConnected } from '@/kernel/live/connection';
import { queryClient } from '@/kernel/query';
import type {
  Backup,
  BackupFormat,
  BackupLogPage,
  BackupPage,
  BackupSettings,
  BackupStanding,
  KeptRecordPage,
  RestorePreview,
  RestoreWish,
  Verification,
} from './contract';

export const path = '/api/v1/backup';
const pageSize = 50;

export const backupKeys = {
  all: ['backup'] as const,
  standing: ['backup', 'standing'] as const,
  history: ['backup', 'history'] as const,
  one: (id: string) => ['backup', 'one', id] as const,
  log: ['backup', 'log'] as const,
  settings: ['backup', 'settings'] as const,
  records: (id: string, noun: string, search: string) => ['backup', 'records', id, noun, search] as const,
  preview: (id: string, wish: RestoreWish) => ['backup', 'preview', id, wish] as const,
};

export const refresh = () => queryClient.invalidateQueries({ queryKey: backupKeys.all });

/** Milliseconds until what is going on is asked for again. */
const pace = () => (isConnected() ? 5_000 : 1_500);

/** How things stand; asked again while a backup runs, because its end changes everything on the screen. */
export const useStanding = () =>
  useQuery<BackupStanding, Problem>({
    queryKey: backupKeys.standing,
    queryFn: ({ signal }) => request('GET', path, { signal }),
    refetchInterval: query => (query.state.data?.running ? pace() : 60_000),
  });

/** Asked again while one of them runs: it may have ended before how things stand was asked for. */
export const useBackups = () =>
  useInfiniteQuery<BackupPage, Problem, { pages: BackupPage[] }, readonly unknown[], number>({
    queryKey: backupKeys.history,
    refetchInterval: query =>
      query.state.data?.pages.some(page => page.items.some(({ status }) => status === 'queued' || status === 'running'))
        ? pace()
        : false,
    queryFn: ({ signal, pageParam }) =>
      request('GET', `${path}/history`, { query: { page: pageParam, limit: pageSize }, signal }),
    initialPageParam: 1,
    getNextPageParam: last => (last.page * pageSize < last.total ? last.page + 1 : undefined),
  });

export const useBackup = (id: string) =>
  useQuery<Backup, Problem>({
    queryKey: backupKeys.one(id),
    queryFn: ({ signal }) => request('GET', `${path}/${id}`, { signal }),
  });

export const useBackupLog = () =>
  useInfiniteQuery<BackupLogPage, Problem, { pages: BackupLogPage[] }, readonly unknown[], number>({
    queryKey: backupKeys.log,
    queryFn: ({ signal, pageParam }) =>
      request('GET', `${path}/log`, { query: { page: pageParam, limit: pageSize }, signal }),
    initialPageParam: 1,
    getNextPageParam: last => (last.page * pageSize < last.total ? last.page + 1 : undefined),
  });

export const useBackupSettings = () =>
  useQuery<BackupSettings, Problem>({
    queryKey: backupKeys.settings,
    queryFn: ({ signal }) => request('GET', `${path}/settings`, { signal }),
  });

export const useKeptRecords = (id: string, noun: string, search: string) =>
  useInfiniteQuery<KeptRecordPage, Problem, { pages: KeptRecordPage[] }, readonly unknown[], number>({
    queryKey: backupKeys.records(id, noun, search),
    queryFn: ({ signal, pageParam }) =>
      request('GET', `${path}/${id}/records`, { query: { noun, search, page: pageParam, limit: pageSize }, signal }),
    initialPageParam: 1,
    getNextPageParam: last => (last.page * pageSize < last.total ? last.page + 1 : undefined),
    enabled: noun !== '',
    placeholderData: keepPreviousData,
  });

/** Nothing is written by a preview; it is kept only as long as it is looked at. */
export const usePreview = (id: string, wish: RestoreWish | null) =>
  useQuery<RestorePreview, Problem>({
    queryKey: backupKeys.preview(id, wish ?? { mode: 'merge' }),
    queryFn: ({ signal }) => request('POST', `${path}/${id}/restore/preview`, { body: wish, signal }),
    enabled: wish !== null,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

export async function backUp(formats: readonly BackupFormat[], nouns: readonly string[] | null): Promise<Backup> {
  const backup = await request<Backup>('POST', path, { body: { formats, ...(nouns ? { nouns } : {}) } });
  await refresh();
  void queryClient.invalidateQueries({ queryKey: ['jobs'] });
  return backup;
}

export const verify = (id: string) => request<Verification>('POST', `${path}/${id}/verify`);

export async function pin(id: string, pinned: boolean): Promise<void> {
  await request('PUT', `${path}/${id}/pin`, { body: { pinned } });
  await refresh();
}

export async function remove(id: string): Promise<void> {
  await request('DELETE', `${path}/${id}`);
  queryClient.removeQueries({ queryKey: backupKeys.one(id) });
  await refresh();
}

export async function saveSettings(settings: BackupSettings): Promise<void> {
  queryClient.setQueryData(backupKeys.settings, await request('PUT', `${path}/settings`, { body: settings }));
  void queryClient.invalidateQueries({ queryKey: backupKeys.standing });
}

export async function restore(id: string, wish: RestoreWish): Promise<Job> {
  const job = await request<Job>('POST', `${path}/${id}/restore`, { body: wish });
  showJob(job);
  return job;
}
