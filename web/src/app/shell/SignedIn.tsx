import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { RouterProvider as AriaRouter } from 'react-aria-components';
import { Navigate, useHref, useLocation, useNavigate } from 'react-router';
import { Messages } from '@/kernel/i18n/Messages';
import { startLive } from '@/kernel/live/live';
import kernelMessages from '@/kernel/messages/en.json';
import '@/kernel/http/sdk';
import { queryClient } from '@/kernel/query';
import { useSession } from '@/kernel/session/useSession';
import uiMessages from '@/ui/messages/en.json';
import appMessages from '../messages/shell.en.json';
import { loadLikelyModules, loadModules } from './loadModules';
import { Shell } from './Shell';

loadLikelyModules();

const messages = { ...uiMessages, ...kernelMessages, ...appMessages };

const waiting = <div className="h-full bg-canvas" aria-busy="true" />;

/** Everything behind the sign-in. */
export default function SignedIn() {
  const state = useSession();
  const navigate = useNavigate();
  const { pathname, search, hash } = useLocation();
  const seat = state.me && `${state.me.user.id}/${state.me.tenant.id}/${state.me.viewAs?.id ?? ''}`;

  useEffect(() => {
    if (seat === null) return;
    let stop: (() => void) | undefined;
    let gone = false;
    void startLive().then(stopLive => {
      if (gone) stopLive();
      else stop = stopLive;
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, [seat]);

  if (state.status === 'starting') return waiting;
  if (state.status === 'signed-out') {
    const wanted = pathname + search + hash;
    const next = state.reason === 'left' || wanted === '/' ? '' : `?next=${encodeURIComponent(wanted)}`;
    return <Navigate to={`/login${next}`} replace />;
  }
  return (
    <AriaRouter navigate={(path, options) => void navigate(path, options)} useHref={useHref}>
      <QueryClientProvider client={queryClient}>
        <Messages add={messages} locale="en" timeZone={state.me.user.timeZone}>
          {/* Another person, tenant or view starts with fresh screens. */}
          <Suspense fallback={waiting}>
            <Shell key={seat} modules={loadModules(state.me.tenant.modules)} />
          </Suspense>
        </Messages>
      </QueryClientProvider>
    </AriaRouter>
  );
}
