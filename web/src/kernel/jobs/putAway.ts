import { useSyncExternalStore } from 'react';

const key = 'tessera-jobs-put-away';
const most = 200;
const listeners = new Set<() => void>();
let ids: readonly string[] | null = null;

function read(): readonly string[] {
  if (ids === null) {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
      ids = Array.isArray(kept) ? kept.map(String) : [];
    } catch {
      ids = [];
    }
  }
  return ids;
}

/** Finished jobs this browser need not show any more. */
export function usePutAway(): readonly string[] {
  return useSyncExternalStore(listener => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, read);
}

export function putAway(...more: readonly string[]) {
  ids = [...more, ...read().filter(id => !more.includes(id))].slice(0, most);
  localStorage.setItem(key, JSON.stringify(ids));
  for (const listener of listeners) listener();
}
