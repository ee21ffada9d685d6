import type { HubConnection } from '@microsoft/signalr';
import { type JobNews, takeJobNews } from '../jobs/jobNews';
import { notificationKeys } from '../notifications/useNotifications';
import { queryClient } from '../query';
import { refetchNouns } from '../records/follow';
import { session } from '../session/session';
import { setConnected } from './connection';

/** What the server says when a record changed. */
interface Changed {
  noun: string;
  id: string;
  version: number;
  action: string;
}

/**
 * Keeps what is on the screen fresh while somebody is signed in. SignalR is loaded after the first paint; until it is
 * connected, and whenever it can't be, the screens work with what they fetch.
 */
export async function startLive(): Promise<() => void> {
  const { HubConnectionBuilder, HttpTransportType, LogLevel } = await import('@microsoft/signalr');
  const connection: HubConnection = new HubConnectionBuilder()
    .withUrl('/api/v1/live', {
      transport: HttpTransportType.WebSockets,
      skipNegotiation: true,
      accessTokenFactory: async () => (await session.freshToken()) ?? '',
    })
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: () => 2_000 + Math.random() * 8_000 })
    .configureLogging(LogLevel.None)
    .build();

  // Bursts (an import, a bulk edit) become one refetch.
  const nouns = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  connection.on('changed', ({ noun }: Changed) => {
    nouns.add(noun);
    timer ??= setTimeout(() => {
      timer = undefined;
      void refetchNouns([...nouns]);
      if (nouns.has('settings')) void queryClient.invalidateQueries({ queryKey: ['settings'] });
      nouns.clear();
      void queryClient.invalidateQueries({ queryKey: ['activity'] });
    }, 300);
  });
  connection.on('notified', () => void queryClient.invalidateQueries({ queryKey: notificationKeys.all }));
  connection.on('job', (news: JobNews) => takeJobNews(news));
  connection.on('permissionChanged', () => void session.reload().catch(() => undefined));
  connection.on('signedOut', () => session.expire());
  // What happened while the connection was away is unknown.
  connection.onreconnecting(() => setConnected(false));
  connection.onreconnected(() => {
    setConnected(true);
    void queryClient.invalidateQueries();
  });

  let again: ReturnType<typeof setTimeout> | undefined;
  const start = () => {
    connection.start().then(
      () => {
        setConnected(true);
        // Records are told of from a moment ago on; what the person was told while the connection opened is not.
        void queryClient.invalidateQueries({ queryKey: notificationKeys.all });
      },
      () => {
        again = setTimeout(start, 30_000);
      },
    );
  };
  start();
  return () => {
    clearTimeout(timer);
    clearTimeout(again);
    setConnected(false);
    void connection.stop();
  };
}
