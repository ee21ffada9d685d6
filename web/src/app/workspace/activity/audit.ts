import type { ActorRef, FieldChange } from '@/api/types.gen';
import { request, respond } from '@/kernel/http/request';
import { writeMoment } from '@/ui/time';

export interface AuditRow {
  id: string;
  at: string;
  actor: ActorRef;
  action: string;
  target: string;
  entityId: string | null;
  label: string | null;
  targetUserId: string | null;
  changes: FieldChange[];
  reason: string | null;
  traceId: string | null;
  sealed: boolean;
}

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

export interface AuditDay {
  name: string;
  rows: AuditRow[];
}

/** Rows, newest first, under the civil day they fall on in a zone. */
export function byDay(rows: readonly AuditRow[], now: number, zone: string, locale: string): AuditDay[] {
  const days: AuditDay[] = [];
  for (const row of rows) {
    const name = writeMoment(row.at, now, zone, locale, false);
    const last = days.at(-1);
    if (last?.name === name) last.rows.push(row);
    else days.push({ name, rows: [row] });
  }
  return days;
}

/** "update_candidate" of "candidate" → "update"; what acts on something else keeps its whole name. */
export function verbOf(action: string, target: string): string {
  return action.endsWith(`_${target}`) ? action.slice(0, -target.length - 1) : action;
}
