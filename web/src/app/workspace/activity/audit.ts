import { request, respond } from '@/kernel/http/request';
import type { AuditRow } from './trail';

export interface AuditPage {
  items: AuditRow[];
  total: number;
  totalIsExact: boolean;
  nextCursor: string | null;
}

export interface ChainReport {
  intact: boolean;
  checked: number;
  sealed: number;
  pending: number;
  head: { number: number; hash: string; sealedAt: string; keptOutside: boolean } | null;
  brokenAt: { seal: number | null; problem: string; from: string | null; to: string | null } | null;
}

export type AuditQuery = Readonly<Record<string, string>>;

const path = '/api/v1/audit';

// Live updates refetch everything whose key begins like this.
export const auditKeys = {
  rows: (query: AuditQuery) => ['activity', 'rows', query] as const,
  actions: ['activity', 'actions'] as const,
};

export const readAudit = (query: AuditQuery, cursor: string, signal: AbortSignal) =>
  request<AuditPage>('GET', path, { query: { ...query, cursor, limit: 50 }, signal });

export const readActions = (signal: AbortSignal) =>
  request<{ items: { action: string; target: string }[] }>('GET', `${path}/actions`, { signal });

export const verifyAudit = (signal: AbortSignal) => request<ChainReport>('GET', `${path}/verify`, { signal });

/** Downloads what the filters show, as a file. */
export async function exportAudit(query: AuditQuery, format: 'csv' | 'json'): Promise<void> {
  const response = await respond('GET', `${path}/export`, { query: { ...query, format }, headers: { Accept: '*/*' } });
  const named = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = named ?? `activity.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
