import type { InfiniteData } from '@tanstack/react-query';
import type { BulkChange, BulkResult } from '@/api/types.gen';
import { isProblem, type Problem } from '../http/problem';
import { request } from '../http/request';
import { queryClient } from '../query';
import type { RecordRow } from './fields';
import { refetchNouns } from './follow';
import { recordKeys } from './keys';
import type { Noun } from './noun';
import { same } from './same';
import type { RecordPage } from './useRecords';

export { same };

/** Puts a row into everything that shows it. */
export function showRow(noun: Pick<Noun, 'key'>, row: RecordRow) {
  queryClient.setQueryData(recordKeys.one(noun.key, row.id), row);
  queryClient.setQueriesData<RecordPage | InfiniteData<RecordPage>>({ queryKey: recordKeys.lists(noun.key) }, page => {
    if (!page || !('items' in page) || !page.items.some(one => one.id === row.id)) return page;
    return { ...page, items: page.items.map(one => (one.id === row.id ? row : one)) };
  });
}

/** What was changed is fetched again: lists may have to reorder, histories have grown. */
export function refetch(noun: Pick<Noun, 'key'>) {
  return refetchNouns([noun.key]);
}

/** Takes rows out of the lists before the server has answered; the next fetch tells the truth. */
export function hideRows(noun: Noun, ids: ReadonlySet<string>) {
  queryClient.setQueriesData<RecordPage>({ queryKey: recordKeys.lists(noun.key) }, page => {
    if (!page || !('items' in page)) return page;
    const items = page.items.filter(one => !ids.has(one.id));
    return { ...page, items, total: page.total - (page.items.length - items.length) };
  });
}

/** Asked when somebody else changed the row meanwhile. Resolves to whose values stay, or null to change nothing. */
export type Decide = (current: RecordRow) => Promise<'mine' | 'theirs' | null>;

/**
 * Changes some fields of a row, shown before the server has answered. A refusal puts the row back. Resolves to the row
 * as it is now, or null when nothing was changed.
 */
export async function patchRow(
  noun: Noun,
  row: RecordRow,
  change: Record<string, unknown>,
  decide: Decide,
): Promise<RecordRow | null> {
  const permitted = (await noun.guard?.change?.(row, change)) ?? true;
  if (permitted === false) return null;
  showRow(noun, { ...row, ...change });
  let base = row;
  for (;;) {
    try {
      const next = await request<RecordRow>('PATCH', `${noun.path}/${row.id}`, { body: change, version: base.version });
      if (permitted !== true) await permitted();
      showRow(noun, next);
      void refetch(noun);
      return next;
    } catch (error) {
      if (!isProblem(error, 'version_conflict')) {
        showRow(noun, base);
        if (isProblem(error) && (await noun.guard?.refused?.(error, row))) continue;
        throw error;
      }
      const current = currentOf(error) ?? (await request<RecordRow>('GET', `${noun.path}/${row.id}`));
      // Nobody touched what this change is about: it still means the same.
      const untouched = Object.keys(change).every(field => same(current[field], row[field]));
      const decision = untouched ? 'mine' : await decide(current);
      base = current;
      if (decision !== 'mine') {
        showRow(noun, current);
        return null;
      }
    }
  }
}

export function currentOf(problem: Problem): RecordRow | null {
  const { current } = problem.body;
  return typeof current === 'object' && current !== null ? (current as RecordRow) : null;
}

/** At most this many records go into one bulk request. */
const bulkLimit = 500;

/** One change to many rows; `onProgress` gets the number of rows done. */
export async function bulk(
  noun: Pick<Noun, 'key' | 'path'>,
  action: 'update' | 'delete' | 'restore',
  ids: readonly string[],
  change?: Record<string, unknown>,
  onProgress?: (done: number) => void,
): Promise<BulkResult> {
  return inParts(noun, 'bulk', ids, some => ({ action, ids: some, ...(change ? { change } : {}) }), onProgress);
}

/** Takes back what a bulk change did, as far as nobody has changed it since. */
export const undoBulk = (noun: Pick<Noun, 'key' | 'path'>, changes: readonly BulkChange[]) =>
  inParts(noun, 'bulk/undo', changes, some => ({ changes: some }));

async function inParts<Item>(
  noun: Pick<Noun, 'key' | 'path'>,
  verb: string,
  items: readonly Item[],
  bodyOf: (some: readonly Item[]) => unknown,
  onProgress?: (done: number) => void,
): Promise<BulkResult> {
  const result = { succeeded: [], failed: [], changes: [] } as Required<BulkResult>;
  try {
    for (let from = 0; from < items.length; from += bulkLimit) {
      const some = items.slice(from, from + bulkLimit);
      const part = await request<BulkResult>('POST', `${noun.path}/${verb}`, { body: bodyOf(some) });
      result.succeeded.push(...part.succeeded);
      result.failed.push(...part.failed);
      result.changes?.push(...(part.changes ?? []));
      onProgress?.(from + some.length);
    }
  } finally {
    void refetch(noun);
  }
  return result;
}
