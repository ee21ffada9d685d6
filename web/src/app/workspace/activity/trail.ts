import type { ActorRef, FieldChange } from '@/api/types.gen';
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
