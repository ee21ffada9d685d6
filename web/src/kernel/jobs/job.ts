import type { JobRow, JobStatus } from '@/api/types.gen';

/** Work that goes on by itself on the server. What came of it is an object whose shape is the kind's. */
export type Job = Omit<JobRow, 'result'> & { result: Readonly<Record<string, unknown>> | null };

export type { JobStatus };

export const isActive = (job: Pick<Job, 'status'>) => job.status === 'queued' || job.status === 'running';

/** Between 0 and 1; undefined while nobody knows how much there is to do. */
export function partDone(job: Pick<Job, 'done' | 'total'>): number | undefined {
  return job.total ? Math.min(1, job.done / job.total) : undefined;
}

const shownFor = 24 * 3_600_000;

/**
 * The jobs a person's tray shows: their own that run, and what finished within a day and was not put away. What a request
 * waited for was told with its answer.
 */
export function trayJobs(jobs: readonly Job[], me: string, putAway: readonly string[], now: number): Job[] {
  return jobs.filter(
    job =>
      job.requestedBy.id === me &&
      !job.isInline &&
      (isActive(job) || (!putAway.includes(job.id) && now - Date.parse(job.finishedAt ?? job.createdAt) < shownFor)),
  );
}

/** One figure for all that runs; undefined when none of it has one. */
export function partOfAll(jobs: readonly Job[]): number | undefined {
  const known = jobs.filter(isActive).flatMap(job => partDone(job) ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, part) => sum + part, 0) / known.length;
}

/** Jobs that have ended since the list was read before. */
export function endedSince(before: readonly Job[], after: readonly Job[]): Job[] {
  const ran = new Set(before.filter(isActive).map(job => job.id));
  return after.filter(job => !isActive(job) && ran.has(job.id));
}
