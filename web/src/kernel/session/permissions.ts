import type { Level, Me } from './types';

export type Access = (page: string, level?: Exclude<Level, 'none'>) => boolean;

/** The same answer the server gives: the person's level on a page, and read only while viewing as somebody else. */
export function accessOf(me: Pick<Me, 'pages' | 'viewAs'>): Access {
  return (page, level = 'read') => {
    const own = me.pages[page] ?? 'none';
    if (level === 'write') return own === 'write' && !me.viewAs;
    return own !== 'none';
  };
}

/** The wanted path after signing in, when it is a path of this site; else the start. */
export function wantedPath(next: string | null, fallback = '/'): string {
  if (next === null || !next.startsWith('/')) return fallback;
  const base = 'https://tessera.invalid';
  try {
    const url = new URL(next, base);
    const inside = url.origin === base && url.pathname !== '/login' && !url.pathname.startsWith('//');
    return inside ? url.pathname + url.search + url.hash : fallback;
  } catch {
    return fallback;
  }
}
