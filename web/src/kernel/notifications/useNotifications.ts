import { type InfiniteData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { NotificationList, NotificationRow, UnreadNotifications } from '@/api/types.gen';
import type { Problem } from '../http/problem';
import { request } from '../http/request';
import { isConnected } from '../live/connection';
import { queryClient } from '../query';
import { useMe } from '../session/useSession';
import { marked } from './marks';

const path = '/api/v1/notifications';

export const notificationKeys = {
  all: ['notifications'] as const,
  unread: ['notifications', 'unread'] as const,
  lists: ['notifications', 'list'] as const,
  list: (unread: boolean) => ['notifications', 'list', unread] as const,
};

type Pages = InfiniteData<NotificationList, string | null>;

/** How many the person has not read. Live messages say when it changed; without them it is asked for now and then. */
export function useUnread(): number {
  const { viewAs } = useMe();
  const { data } = useQuery<UnreadNotifications, Problem>({
    queryKey: notificationKeys.unread,
    queryFn: ({ signal }) => request('GET', `${path}/unread`, { signal }),
    enabled: viewAs === null,
    staleTime: 60_000,
    refetchInterval: () => (isConnected() ? false : 60_000),
  });
  return data?.unread ?? 0;
}

/** What the person was told, newest first, page by page. */
export function useNotifications(unread: boolean) {
  return useInfiniteQuery<NotificationList, Problem, Pages, readonly unknown[], string | null>({
    queryKey: notificationKeys.list(unread),
    queryFn: ({ pageParam, signal }) =>
      request('GET', path, { query: { unread, before: pageParam, limit: 30 }, signal }),
    initialPageParam: null,
    getNextPageParam: page => page.nextBefore,
  });
}

/** Marks one as read or unread; the screen shows it at once and takes it back when the server refuses. */
export async function mark(row: NotificationRow, read: boolean): Promise<void> {
  if ((row.readAt !== null) === read) return;
  await queryClient.cancelQueries({ queryKey: notificationKeys.all });
  show([row.id], read);
  count(unread => Math.max(0, unread + (read ? -1 : 1)));
  await settle(() => request('PATCH', `${path}/${row.id}`, { body: { read } }));
}

/** Marks all as read that are not newer than the newest on the screen. */
export async function markAll(shown: readonly NotificationRow[]): Promise<void> {
  await queryClient.cancelQueries({ queryKey: notificationKeys.all });
  show(
    shown.map(row => row.id),
    true,
  );
  count(() => 0);
  await settle(() => request('POST', `${path}/read-all`, { body: { until: shown[0]?.createdAt ?? null } }));
}

async function settle(work: () => Promise<UnreadNotifications>) {
  try {
    queryClient.setQueryData(notificationKeys.unread, await work());
  } finally {
    void queryClient.invalidateQueries({ queryKey: notificationKeys.all });
  }
}

function show(ids: readonly string[], read: boolean) {
  const at = read ? new Date().toISOString() : null;
  queryClient.setQueriesData<Pages>({ queryKey: notificationKeys.lists }, data => data && marked(data, ids, at));
}

function count(change: (unread: number) => number) {
  queryClient.setQueryData<UnreadNotifications>(
    notificationKeys.unread,
    known => known && { unread: change(known.unread) },
  );
}
