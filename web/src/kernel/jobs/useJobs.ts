import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNow } from 'use-intl';
import type { Problem } from '../http/problem';
import { request } from '../http/request';
import { isConnected } from '../live/connection';
import { useMe } from '../session/useSession';
import { useAttended } from './attended';
import { isActive, type Job, trayJobs } from './job';
import { type JobPage, jobKeys, showJob } from './jobNews';
import { usePutAway } from './putAway';

const path = '/api/v1/jobs';

/** Live messages move the bars; without them the server is asked, often enough to look alive. */
const pace = () => (isConnected() ? 10_000 : 1_500);

/** The latest jobs, newest first. */
export function useJobs() {
  return useQuery<JobPage, Problem>({
    queryKey: jobKeys.list,
    queryFn: ({ signal }) => request('GET', path, { query: { limit: 30 }, signal }),
    refetchInterval: query => (query.state.data?.items.some(isActive) ? pace() : false),
    staleTime: 60_000,
  });
}

/** What the person's tray shows. */
export function useTrayJobs(): Job[] {
  const me = useMe();
  const { data } = useJobs();
  const away = usePutAway();
  const attended = useAttended();
  const now = useNow({ updateInterval: 60_000 }).getTime();
  return useMemo(
    () => trayJobs(data?.items ?? [], me.user.id, away, now).filter(job => !attended.includes(job.id)),
    [data, me.user.id, away, attended, now],
  );
}

export function useJob(id: string | null | undefined) {
  return useQuery<Job, Problem>({
    queryKey: jobKeys.one(id ?? ''),
    queryFn: ({ signal }) => request('GET', `${path}/${id}`, { signal }),
    enabled: Boolean(id),
    refetchInterval: query => (query.state.data && !isActive(query.state.data) ? false : pace()),
  });
}

export async function cancelJob(id: string): Promise<void> {
  showJob(await request<Job>('POST', `${path}/${id}/cancel`));
}
