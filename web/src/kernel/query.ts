import { notifyManager, QueryClient } from '@tanstack/react-query';
import { isProblem } from './http/problem';
import { session } from './session/session';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // Without a connection a screen says so; waiting for one in silence looks like a slow server.
      networkMode: 'always',
      refetchOnReconnect: true,
      // A refusal stays a refusal; only a lost connection or a busy server is worth another try.
      retry: (failures, error) => failures < 2 && isProblem(error) && (error.status === 0 || error.status >= 502),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

// What a click changes shows within the click: told a task later, a ticked box would first be drawn unticked again.
notifyManager.setScheduler(queueMicrotask);

session.onReset(() => queryClient.clear());
