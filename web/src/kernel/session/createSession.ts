import type { Me, SignedIn } from './types';

export type SessionState =
  | { status: 'starting'; me: null }
  | { status: 'signed-out'; me: null; reason: 'absent' | 'left' | 'over' }
  | { status: 'signed-in'; me: Me };

type Message = { kind: 'hello' } | { kind: 'signed-in'; signedIn: SignedIn } | { kind: 'signed-out'; over?: true };

/** What a session needs from its browser; tests pass their own. */
export interface SessionEnvironment {
  origin: string;
  fetch: (request: Request) => Promise<Response>;
  /** Runs one holder at a time over all tabs of this browser. */
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
  readCsrfCookie: () => string | undefined;
  /** Per tab, survives a reload. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** How long a new tab waits for a sibling that is signed in, in milliseconds. */
  siblingWait: number;
}

export type Session = ReturnType<typeof createSession>;

const auth = '/api/v1/auth';
const withoutReplay = new Set([`${auth}/login`, `${auth}/refresh`, `${auth}/logout`]);
const viewAsKey = 'tessera-view-as';

/**
 * Who is signed in, and the way every request takes to the server. The access token lives in memory only; the refresh
 * token is a cookie that script cannot read. A 401 leads to one refresh (one per browser, however many requests and
 * tabs notice) and one replay of the request.
 */
export function createSession(env: SessionEnvironment) {
  let state: SessionState = { status: 'starting', me: null };
  let token: string | null = null;
  let expiresAt = 0;
  let csrf: string | undefined;
  let viewAs = env.storage.getItem(viewAsKey);
  let lastSignedIn: SignedIn | null = null;
  let refreshing: Promise<boolean> | null = null;
  const listeners = new Set<() => void>();
  const resets = new Set<() => void>();

  function publish(next: SessionState) {
    const before = identity(state);
    state = next;
    const after = identity(next);
    if (before !== null && before !== after) for (const reset of resets) reset();
    for (const listener of listeners) listener();
  }

  function setViewAs(userId: string | null) {
    viewAs = userId;
    if (userId) env.storage.setItem(viewAsKey, userId);
    else env.storage.removeItem(viewAsKey);
  }

  function take(signedIn: SignedIn) {
    token = signedIn.accessToken;
    expiresAt = Date.parse(signedIn.expiresAt);
    csrf = signedIn.csrfToken;
    lastSignedIn = signedIn;
    const { accessToken: _, expiresAt: __, csrfToken: ___, ...me } = signedIn;
    const sameSeat = state.me?.tenant.id === me.tenant.id && viewAs !== null;
    // Only the tokens changed while this tab looks through another user's eyes.
    if (sameSeat && state.status === 'signed-in') return;
    publish({ status: 'signed-in', me });
  }

  function adopt(signedIn: SignedIn) {
    take(signedIn);
    env.channel.postMessage({ kind: 'signed-in', signedIn } satisfies Message);
  }

  function forget(reason: 'absent' | 'left' | 'over') {
    token = null;
    csrf = undefined;
    lastSignedIn = null;
    setViewAs(null);
    publish({ status: 'signed-out', me: null, reason });
  }

  function authorized(request: Request): Request {
    const headers = new Headers(request.headers);
    if (token) headers.set('Authorization', `Bearer ${token}`);
    if (viewAs) headers.set('X-View-As', viewAs);
    return new Request(request, { headers });
  }

  function withCookie(path: string, body?: unknown): Promise<Response> {
    const headers = new Headers({ 'Content-Type': 'application/json' });
    const proof = env.readCsrfCookie() ?? csrf;
    if (proof) headers.set('X-CSRF-Token', proof);
    if (token) headers.set('Authorization', `Bearer ${token}`);
    const init: RequestInit = { method: 'POST', headers, credentials: 'same-origin' };
    if (body !== undefined) init.body = JSON.stringify(body);
    return env.fetch(new Request(env.origin + auth + path, init));
  }

  /** False when the session is over; throws when the server can't be reached, which says nothing about the session. */
  function refresh(stale: string | null): Promise<boolean> {
    refreshing ??= env
      .exclusively(async () => {
        if (token !== null && token !== stale) return true;
        const response = await withCookie('/refresh');
        if (response.ok) {
          adopt((await response.json()) as SignedIn);
          return true;
        }
        if (response.status === 401 || response.status === 403) {
          forget(state.status === 'starting' ? 'absent' : 'over');
          return false;
        }
        throw new Error(`Refreshing the session failed with ${response.status}.`);
      })
      .finally(() => {
        refreshing = null;
      });
    return refreshing;
  }

  /** @param transport Another way than `fetch` to the server. */
  async function send(request: Request, transport = env.fetch): Promise<Response> {
    const replay = request.clone();
    const used = token;
    const response = await transport(authorized(request));
    if (response.status !== 401 || withoutReplay.has(new URL(request.url).pathname)) return response;
    if (!(await refresh(used))) return response;
    return transport(authorized(replay));
  }

  async function loadMe() {
    const response = await send(new Request(`${env.origin}${auth}/me`));
    if (response.ok) publish({ status: 'signed-in', me: (await response.json()) as Me });
    else if (viewAs) {
      setViewAs(null);
      await loadMe();
    }
  }

  env.channel.addEventListener('message', event => {
    const message = (event as MessageEvent<Message>).data;
    if (message.kind === 'hello') {
      if (lastSignedIn && expiresAt > Date.now() + 5_000)
        env.channel.postMessage({ kind: 'signed-in', signedIn: lastSignedIn } satisfies Message);
    } else if (message.kind === 'signed-in') {
      if (viewAs && state.me && state.me.tenant.id !== message.signedIn.tenant.id) setViewAs(null);
      take(message.signedIn);
    } else if (state.status !== 'signed-out') forget(message.over ? 'over' : 'left');
  });

  return {
    /** Finds out who is here after a page load. Never throws; without an answer the person is asked to sign in. */
    async start(): Promise<void> {
      if (env.readCsrfCookie() === undefined) return forget('absent');
      env.channel.postMessage({ kind: 'hello' } satisfies Message);
      await new Promise(done => setTimeout(done, env.siblingWait));
      try {
        if (token === null && !(await refresh(null))) return;
        if (viewAs) await loadMe();
      } catch {
        if (state.status === 'starting') publish({ status: 'signed-out', me: null, reason: 'absent' });
      }
    },
    send,
    adopt,
    get: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Called whenever another person, tenant or view takes this tab over, so that nothing of the former one stays. */
    onReset(reset: () => void) {
      resets.add(reset);
      return () => void resets.delete(reset);
    },
    async signOut(): Promise<void> {
      try {
        await withCookie('/logout');
      } finally {
        env.channel.postMessage({ kind: 'signed-out' } satisfies Message);
        forget('left');
      }
    },
    /** The session ended elsewhere (revoked, deactivated). */
    expire() {
      env.channel.postMessage({ kind: 'signed-out', over: true } satisfies Message);
      forget('over');
    },
    reload: loadMe,
    /** Replaces what is known about the signed-in person, after the profile changed. */
    update(me: Me) {
      publish({ status: 'signed-in', me });
    },
    /** Looks at the tenant through another user's eyes, read only; `null` ends it. */
    async view(userId: string | null): Promise<void> {
      setViewAs(userId);
      await loadMe();
    },
    /** A token that lives for at least half a minute; null when signed out. */
    async freshToken(): Promise<string | null> {
      if (token !== null && expiresAt < Date.now() + 30_000) await refresh(token);
      return token;
    },
  };
}

function identity({ me }: SessionState): string | null {
  return me && `${me.user.id} ${me.tenant.id} ${me.viewAs?.id ?? ''}`;
}
