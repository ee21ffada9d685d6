import { useEffect, useSyncExternalStore } from 'react';
import { isActive, type Job } from './job';
import { putAway } from './putAway';

let attended: readonly string[] = [];
const listeners = new Set<() => void>();

function put(next: readonly string[]) {
  attended = next;
  for (const listener of listeners) listener();
}

/** Jobs a screen shows by itself: their end need not be told by the tray as well. */
export function useAttended(): readonly string[] {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => attended,
  );
}

/** For a screen that shows a job itself: while it is there, the job's end is told by it alone. */
export function useAttending(job: Job | undefined) {
  const id = job?.id;
  const ended = job !== undefined && !isActive(job);
  useEffect(() => {
    if (id === undefined) return;
    if (ended) putAway(id);
    put([...attended, id]);
    return () => put(attended.filter(one => one !== id));
  }, [id, ended]);
}
