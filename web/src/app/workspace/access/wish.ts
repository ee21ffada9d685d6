import type { AccessCell, AccessRow, Level } from '@/api/types.gen';
import type { MatrixCell } from '@/ui/matrix/cell';
import type { CellSetting } from '@/ui/matrix/matrixKeys';

/** What one person is to have on one page: the body of the request that sets it. */
export type Wish =
  | { access: 'inherit' }
  | { access: 'grant'; level: 'read' | 'write'; reason?: string | null; expiresAt?: string | null }
  | { access: 'deny'; reason?: string | null; expiresAt?: string | null };

/** The wish that a press of a setting means. What was written about the old exception does not explain the new one. */
export function wishFor(setting: CellSetting): Wish {
  if (setting === 'inherit') return { access: 'inherit' };
  return setting === 'deny' ? { access: 'deny' } : { access: 'grant', level: setting };
}

/** The wish that leads back to a cell as it is. */
export function wishBack(cell: AccessCell): Wish {
  const note = { reason: cell.reason, expiresAt: cell.expiresAt };
  if (cell.access === 'inherit') return { access: 'inherit' };
  if (cell.access === 'deny') return { access: 'deny', ...note };
  return { access: 'grant', level: cell.level === 'write' ? 'write' : 'read', ...note };
}

/** The cell a granted wish leads to, by the server's rules: nothing for the inactive, then the exception, then the role. */
export function cellAfter(cell: AccessCell, wish: Wish, active: boolean): AccessCell {
  const level: Level = !active
    ? 'none'
    : wish.access === 'inherit'
      ? cell.roleLevel
      : wish.access === 'deny'
        ? 'none'
        : wish.level;
  const note = wish.access === 'inherit' ? null : wish;
  return {
    access: wish.access,
    level,
    roleLevel: cell.roleLevel,
    pinned: active && wish.access !== 'inherit' && level === cell.roleLevel,
    reason: note?.reason ?? null,
    expiresAt: note?.expiresAt ?? null,
  };
}

export interface PendingWish {
  userId: string;
  page: string;
  wish: Wish;
}

/** A line of the matrix with what is on its way to the server. */
export function withWishes(row: AccessRow, pending: readonly PendingWish[]): AccessRow {
  const own = pending.filter(one => one.userId === row.id && row.cells[one.page]);
  if (own.length === 0) return row;
  const cells = { ...row.cells };
  for (const { page, wish } of own) {
    const cell = cells[page];
    if (cell) cells[page] = cellAfter(cell, wish, row.active);
  }
  return { ...row, cells };
}

export function settingOf(cell: AccessCell): CellSetting {
  if (cell.access === 'grant') return cell.level === 'write' ? 'write' : 'read';
  return cell.access;
}

/** How a cell is drawn. */
export function drawnCell(cell: AccessCell): MatrixCell {
  return {
    level: cell.level,
    roleLevel: cell.roleLevel,
    setting: settingOf(cell),
    pinned: cell.pinned,
    expires: cell.expiresAt !== null,
    reason: cell.reason,
  };
}

/** What a change of role changes for a person, page by page. */
export interface Effect {
  page: string;
  before: Level;
  after: Level;
  /** An exception holds the page as it is. */
  held: boolean;
}

export function effectsOf(row: AccessRow, defaults: Readonly<Record<string, Level>>, reset: boolean): Effect[] {
  return Object.entries(row.cells).map(([page, cell]) => {
    const held = cell.access !== 'inherit' && !reset;
    const role = defaults[page] ?? 'none';
    return { page, before: cell.level, after: held ? cell.level : row.active ? role : 'none', held };
  });
}

export function exceptionsOf(row: AccessRow): string[] {
  return Object.entries(row.cells)
    .filter(([, cell]) => cell.access !== 'inherit')
    .map(([page]) => page);
}
