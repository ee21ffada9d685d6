import type { Counts, ImportRow, RowAction } from '../contract';

export const actions: readonly RowAction[] = ['error', 'create', 'update', 'unchanged', 'skip'];

/** The tab a dry run opens with: what needs somebody, else what would happen. */
export function firstTab(counts: Counts): RowAction {
  return actions.find(action => counts[action] > 0) ?? 'create';
}

/** Rows that would be written. */
export const toWrite = (counts: Counts) => counts.create + counts.update;

export const allRows = (counts: Counts) => actions.reduce((sum, action) => sum + counts[action], 0);

/** What stands in one cell of the dry run. */
export interface PlanCell {
  text: string;
  /** The record's value now, where the row would change it. */
  before?: string | null;
  changed: boolean;
  wrong: boolean;
}

export function cellOf(row: ImportRow, field: string): PlanCell {
  const change = row.changes.find(one => one.field === field);
  return {
    text: row.values[field] ?? '',
    changed: row.action === 'update' && change !== undefined,
    wrong: row.errors.some(error => error.field === field),
    ...(change ? { before: change.before } : {}),
  };
}

/** Errors of a row in the order of its cells; what belongs to no cell shown comes first. */
export function orderedErrors(row: ImportRow, fields: readonly string[]) {
  const place = (field: string) => fields.indexOf(field);
  return [...row.errors].sort((a, b) => place(a.field) - place(b.field));
}

/** What the row is called: the record it meets, else its first value. */
export function rowName(row: ImportRow, fields: readonly string[]): string {
  if (row.recordName) return row.recordName;
  for (const field of fields) {
    const text = row.values[field]?.trim();
    if (text) return text;
  }
  return '';
}

export type GridMove = { row: number; column: number };

/** Where a key leads in a grid of cells; null when the key is not the grid's. */
export function moveIn(key: string, at: GridMove, rows: number, columns: number): GridMove | null {
  const clamp = (value: number, most: number) => Math.max(0, Math.min(most - 1, value));
  switch (key) {
    case 'ArrowDown':
      return { ...at, row: clamp(at.row + 1, rows) };
    case 'ArrowUp':
      return { ...at, row: clamp(at.row - 1, rows) };
    case 'ArrowRight':
      return { ...at, column: clamp(at.column + 1, columns) };
    case 'ArrowLeft':
      return { ...at, column: clamp(at.column - 1, columns) };
    case 'Home':
      return { ...at, column: 0 };
    case 'End':
      return { ...at, column: columns - 1 };
    case 'PageDown':
      return { ...at, row: clamp(at.row + 10, rows) };
    case 'PageUp':
      return { ...at, row: clamp(at.row - 10, rows) };
    default:
      return null;
  }
}
