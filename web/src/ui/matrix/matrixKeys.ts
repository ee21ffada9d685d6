/** What a person may have on a page, as a cell can be set. */
export type CellSetting = 'inherit' | 'read' | 'write' | 'deny';

export type MatrixCommand =
  | { kind: 'focus'; row: number; column: number }
  | { kind: 'set'; setting: CellSetting }
  | { kind: 'open' };

const cycle: readonly CellSetting[] = ['inherit', 'read', 'write', 'deny'];
const letters: Readonly<Record<string, CellSetting>> = {
  i: 'inherit',
  r: 'read',
  w: 'write',
  n: 'deny',
  d: 'deny',
  Backspace: 'inherit',
  Delete: 'inherit',
};

/** The setting a key stands for, or undefined. */
export function settingOfKey(key: string): CellSetting | undefined {
  return letters[key.length === 1 ? key.toLowerCase() : key];
}

/** The command of a key in a matrix of `rows` × `columns`, or null. */
export function matrixCommand(
  key: string,
  at: { row: number; column: number; rows: number; columns: number; setting: CellSetting; readOnly: boolean },
): MatrixCommand | null {
  const focus = (row: number, column: number): MatrixCommand => ({
    kind: 'focus',
    row: Math.max(0, Math.min(at.rows - 1, row)),
    column: Math.max(0, Math.min(at.columns - 1, column)),
  });
  switch (key) {
    case 'ArrowUp':
      return focus(at.row - 1, at.column);
    case 'ArrowDown':
      return focus(at.row + 1, at.column);
    case 'ArrowLeft':
      return focus(at.row, at.column - 1);
    case 'ArrowRight':
      return focus(at.row, at.column + 1);
    case 'Home':
      return focus(at.row, 0);
    case 'End':
      return focus(at.row, at.columns - 1);
    case 'PageUp':
      return focus(at.row - 10, at.column);
    case 'PageDown':
      return focus(at.row + 10, at.column);
    case 'Enter':
      return { kind: 'open' };
  }
  if (at.readOnly) return null;
  if (key === ' ') return { kind: 'set', setting: cycle[(cycle.indexOf(at.setting) + 1) % cycle.length] ?? 'inherit' };
  const setting = settingOfKey(key);
  return setting ? { kind: 'set', setting } : null;
}
