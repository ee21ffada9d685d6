import { fetchFile } from '../http/fetchFile';
import { queryString, request } from '../http/request';
import type { Job } from '../jobs/job';
import { showJob } from '../jobs/jobNews';
import type { ExchangeFormat } from './contract';
import { exchangePath } from './useExchange';

export interface ExportWish {
  noun: string;
  format: ExchangeFormat;
  /** The list's own query. */
  query: Readonly<Record<string, string>>;
  /** Left out: all of them. */
  columns?: readonly string[];
}

/**
 * Exports a list. What is small is downloaded at once; what is not goes on in the background, and the tray has it when it
 * is done. Resolves to the job; throws `Problem`.
 */
export async function exportList(wish: ExportWish): Promise<Job> {
  const { noun, format, query, columns } = wish;
  const body = { noun, format, query: queryString(query).slice(1), ...(columns ? { columns } : {}) };
  const job = await request<Job>('POST', `${exchangePath}/exports`, { body });
  showJob(job);
  if (job.status === 'succeeded') await fetchFile(`${exchangePath}/exports/${job.id}/link`);
  return job;
}

/** The columns of a list that a file can hold, in the list's order. */
export function shownColumns(
  list: readonly string[],
  visible: ReadonlySet<string>,
  known: readonly string[],
): string[] {
  return list.filter((id, place) => (place === 0 || visible.has(id)) && known.includes(id));
}
