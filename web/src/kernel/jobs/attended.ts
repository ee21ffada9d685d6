import { useEffect, useSyncExternalStore } from 'react';
import { queryClient } from '../query';
import { isActive, type Job } from './job';
import { type JobPage, jobKeys } from './jobNews';
import { putAway } from './putAway';

/** Jobs whose end somebody is looking at already: the tray need not tell it as well. */
interface Attended {
  /** Jobs of a kind that were not there before: the request that starts one has not been answered yet. */
  kinds: readonly { kind: string; before: ReadonlySet<string> }[];
  ids: readonly string[];
}

let attended: Attended = { kinds: [], ids: [] };
const listeners = new Set<() => void>();

function put(next: Attended) {
  attended = next;
  for (const listener of listeners) listener();
}

export function useAttended(): Attended {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => attended,
  );
}

export const isAttended = (job: Pick<Job, 'id' | 'kind'>, { kinds, ids }: Attended) =>
  ids.includes(job.id) || kinds.some(one => one.kind === job.kind && !one.before.has(job.id));

/**
 * Starts a job with a request that also waits for it when it is short. Live messages may be faster than the answer, and
 * a short job leaves no trace in the tray.
 */
export async function attend<Answer>(
  kind: string,
  start: () => Promise<Answer>,
  jobOf: (answer: Answer) => { id: string; ended: boolean } | null,
): Promise<Answer> {
  const known = queryClient.getQueryData<JobPage>(jobKeys.list)?.items ?? [];
  const mark = { kind, before: new Set(known.map(job => job.id)) };
  put({ ...attended, kinds: [...attended.kinds, mark] });
  try {
    const answer = await start();
    const job = jobOf(answer);
    if (job?.ended) putAway(job.id);
    return answer;
  } finally {
    put({ ...attended, kinds: attended.kinds.filter(one => one !== mark) });
  }
}

/** For a screen that shows a job itself: while it is there, the job's end is told by it alone. */
export function useAttending(job: Job | undefined) {
  const id = job?.id;
  const ended = job !== undefined && !isActive(job);
  useEffect(() => {
    if (id === undefined) return;
    if (ended) putAway(id);
    put({ ...attended, ids: [...attended.ids, id] });
    return () => put({ ...attended, ids: attended.ids.filter(one => one !== id) });
  }, [id, ended]);
}
