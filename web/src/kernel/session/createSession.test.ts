import { describe, expect, it, vi } from 'vitest';
import { createSession, type SessionEnvironment } from './createSession';
import type { SignedIn } from './types';

const origin = 'https://desk.example';

function signedIn(accessToken: string, tenantId = 't1'): SignedIn {
  return {
    accessToken,
    expiresAt: new Date(Date.now() + 1_800_000).toISOString(),
    csrfToken: `csrf-${accessToken}`,
    user: { id: 'u1', email: 'a@b.c', fullName: 'Ada', role: 'admin', locale: 'en', timeZone: 'UTC', theme: 'system' },
    tenant: { id: tenantId, slug: tenantId, name: tenantId, timeZone: 'UTC', modules: [] },
    tenants: [],
    pages: {},
    ownRowsOnly: false,
    viewAs: null,
  };
}

/** A server that accepts one access token at a time, and a browser that several tabs share. */
function browser() {
  let valid = 'first';
  let refreshes = 0;
  let over = false;
  const seen: { path: string; auth: string | null; csrf: string | null; body: string }[] = [];
  const tabs: ((event: MessageEvent) => void)[] = [];
  let lock: Promise<unknown> = Promise.resolve();

  async function answer(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname;
    const auth = request.headers.get('Authorization');
    seen.push({ path, auth, csrf: request.headers.get('X-CSRF-Token'), body: await request.text() });
    await new Promise(done => setTimeout(done, 5));
    if (path === '/api/v1/auth/refresh') {
      refreshes++;
      if (over) return new Response('{}', { status: 401 });
      valid = `token-${refreshes}`;
      return Response.json(signedIn(valid));
    }
    if (path === '/api/v1/auth/login') return new Response('{}', { status: 401 });
    return auth === `Bearer ${valid}` ? Response.json({ ok: true }) : new Response('{}', { status: 401 });
  }

  function tab(overrides: Partial<SessionEnvironment> = {}) {
    const kept = new Map<string, string>();
    let own: ((event: MessageEvent) => void) | undefined;
    return createSession({
      origin,
      fetch: answer,
      exclusively: work => {
        const turn = lock.then(work);
        lock = turn.catch(() => undefined);
        return turn;
      },
      channel: {
        postMessage: (data: unknown) => {
          for (const listener of tabs) if (listener !== own) listener({ data } as MessageEvent);
        },
        addEventListener: ((_: string, listener: (event: MessageEvent) => void) => {
          own = listener;
          tabs.push(listener);
        }) as unknown as BroadcastChannel['addEventListener'],
      },
      readCsrfCookie: () => 'cookie-csrf',
      storage: {
        getItem: key => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
        removeItem: key => void kept.delete(key),
      },
      siblingWait: 0,
      ...overrides,
    });
  }

  return {
    tab,
    seen,
    refreshes: () => refreshes,
    expire: () => {
      valid = 'none of the tabs has this';
    },
    end: () => {
      over = true;
      valid = 'none';
    },
  };
}

const get = () => new Request(`${origin}/api/v1/things`);

describe('session', () => {
  it('refreshes once for many requests that fail together, and repeats each of them', async () => {
    const world = browser();
    const session = world.tab();
    session.adopt(signedIn('old'));
    const answers = await Promise.all([get(), get(), get(), get()].map(request => session.send(request)));
    expect(answers.map(answer => answer.status)).toEqual([200, 200, 200, 200]);
    expect(world.refreshes()).toBe(1);
  });

  it('repeats a request with its body', async () => {
    const world = browser();
    const session = world.tab();
    session.adopt(signedIn('old'));
    await session.send(new Request(`${origin}/api/v1/things`, { method: 'POST', body: '{"a":1}' }));
    const posts = world.seen.filter(call => call.path === '/api/v1/things');
    expect(posts.map(call => call.body)).toEqual(['{"a":1}', '{"a":1}']);
    expect(posts.map(call => call.auth)).toEqual(['Bearer old', 'Bearer token-1']);
  });

  it('signs and repeats what is sent another way like everything else', async () => {
    const world = browser();
    const session = world.tab();
    session.adopt(signedIn('old'));
    const sent: (string | null)[] = [];
    const answer = await session.send(get(), async request => {
      sent.push(request.headers.get('Authorization'));
      return new Response('{}', { status: sent.length === 1 ? 401 : 200 });
    });
    expect([answer.status, ...sent]).toEqual([200, 'Bearer old', 'Bearer token-1']);
  });

  it('does not refresh again when a sibling tab already did', async () => {
    const world = browser();
    const [one, two] = [world.tab(), world.tab()];
    one.adopt(signedIn('old'));
    const answers = await Promise.all([one.send(get()), two.send(get())]);
    expect(answers.map(answer => answer.status)).toEqual([200, 200]);
    expect(world.refreshes()).toBe(1);
  });

  it('repeats only once', async () => {
    const world = browser();
    const session = world.tab({
      fetch: async request =>
        request.url.endsWith('/refresh') ? Response.json(signedIn('next')) : new Response('{}', { status: 401 }),
    });
    session.adopt(signedIn('old'));
    expect((await session.send(get())).status).toBe(401);
  });

  it('leaves a refused sign-in alone', async () => {
    const world = browser();
    const session = world.tab();
    const answer = await session.send(new Request(`${origin}/api/v1/auth/login`, { method: 'POST', body: '{}' }));
    expect(answer.status).toBe(401);
    expect(world.refreshes()).toBe(0);
  });

  it('proves itself with the token of the cookie when it refreshes', async () => {
    const world = browser();
    await world.tab().start();
    expect(world.seen[0]).toMatchObject({ path: '/api/v1/auth/refresh', csrf: 'cookie-csrf' });
  });

  it('asks nobody when no session cookie is there', async () => {
    const world = browser();
    const session = world.tab({ readCsrfCookie: () => undefined });
    await session.start();
    expect(session.get().status).toBe('signed-out');
    expect(world.seen).toEqual([]);
  });

  it('takes the token of a signed-in sibling instead of refreshing', async () => {
    const world = browser();
    const [one, two] = [world.tab(), world.tab()];
    one.adopt(signedIn('first'));
    await two.start();
    expect(two.get().me?.user.fullName).toBe('Ada');
    expect(world.refreshes()).toBe(0);
  });

  it('signs every tab out when the session is over', async () => {
    const world = browser();
    const session = world.tab();
    session.adopt(signedIn('old'));
    world.end();
    expect((await session.send(get())).status).toBe(401);
    expect(session.get().status).toBe('signed-out');
  });

  it('stays signed in when the server cannot be reached', async () => {
    const world = browser();
    const session = world.tab({
      fetch: async request => new Response('{}', { status: request.url.endsWith('/refresh') ? 503 : 401 }),
    });
    session.adopt(signedIn('old'));
    await expect(session.send(get())).rejects.toThrow('503');
    expect(session.get().status).toBe('signed-in');
  });

  it('resets every tab when one of them switches the tenant', () => {
    const world = browser();
    const [one, two] = [world.tab(), world.tab()];
    const reset = vi.fn();
    two.onReset(reset);
    one.adopt(signedIn('a', 't1'));
    expect(reset).not.toHaveBeenCalled();
    one.adopt(signedIn('b', 't2'));
    expect(reset).toHaveBeenCalledTimes(1);
    expect(two.get().me?.tenant.id).toBe('t2');
  });

  it('keeps its caches when only the token is renewed', () => {
    const world = browser();
    const session = world.tab();
    const reset = vi.fn();
    session.onReset(reset);
    session.adopt(signedIn('a'));
    session.adopt(signedIn('b'));
    expect(reset).not.toHaveBeenCalled();
  });
});
