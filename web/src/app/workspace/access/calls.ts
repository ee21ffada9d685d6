import type { AccessExplanation, AccessPages, AccessRow, RecordPageOfAccessRow } from '@/api/types.gen';
import { request } from '@/kernel/http/request';
import { recordKeys } from '@/kernel/records/keys';
import { session } from '@/kernel/session/session';
import type { Wish } from './wish';

const api = '/api/v1';

/** Keys below those of the people: whatever changes a person may change what they can open. */
export const accessKeys = {
  all: [...recordKeys.noun('users'), 'access'] as const,
  rows: (query: Readonly<Record<string, string>>) => [...accessKeys.all, 'rows', query] as const,
  one: (userId: string) => [...accessKeys.all, 'one', userId] as const,
  pages: ['access-pages'] as const,
  why: (userId: string, page: string, state: string) => [...accessKeys.all, 'why', userId, page, state] as const,
};

export const readPages = (signal?: AbortSignal) =>
  request<AccessPages>('GET', `${api}/access/pages`, signal ? { signal } : {});

export const readRows = (query: Readonly<Record<string, string | number>>, signal?: AbortSignal) =>
  request<RecordPageOfAccessRow>('GET', `${api}/access/matrix`, { query, ...(signal ? { signal } : {}) });

/** One person's line of the matrix, found by their address. */
export async function readRow(user: { id: string; email: string }, signal?: AbortSignal): Promise<AccessRow | null> {
  const { items } = await readRows({ search: user.email, limit: 200 }, signal);
  return items.find(row => row.id === user.id) ?? null;
}

export const explain = (userId: string, page: string, signal: AbortSignal) =>
  request<AccessExplanation>('GET', `${api}/access/explain`, { query: { userId, page }, signal });

export const sendWish = (userId: string, page: string, wish: Wish) =>
  request<AccessRow>('PUT', `${api}/users/${userId}/pages/${page}`, { body: wish });

export const resetExceptions = (userId: string) => request<AccessRow>('POST', `${api}/users/${userId}/pages/reset`);

/** From now on this tab shows what the person sees, read only. */
export async function viewAs(userId: string) {
  await request('POST', `${api}/access/view-as`, { body: { userId } });
  await session.view(userId);
}
