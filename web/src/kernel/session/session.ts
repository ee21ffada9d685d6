import { createSession } from './createSession';

/** The one session of this tab. */
export const session = createSession({
  origin: window.location.origin,
  fetch: request => fetch(request),
  // Web Locks need a secure context; on plain http in a local network the server's grace for two tabs has to do.
  exclusively: work =>
    'locks' in navigator
      ? (navigator.locks.request('tessera-session-refresh', work) as ReturnType<typeof work>)
      : work(),
  channel: new BroadcastChannel('tessera-session'),
  readCsrfCookie: () => /(?:^|;\s*)tessera_csrf=([^;]*)/.exec(document.cookie)?.[1],
  storage: window.sessionStorage,
  siblingWait: 40,
});
