import type { Place, Size } from './selection';

/** What a key does in a grid of cells. */
export type StageCommand =
  | { kind: 'go'; to: Place; extend: boolean }
  | { kind: 'edit' }
  | { kind: 'type'; text: string }
  | { kind: 'clear' }
  | { kind: 'all' }
  | { kind: 'one' };

export interface StageKey {
  key: string;
  shift: boolean;
  command: boolean;
}

/** The command of a key, or null when the grid leaves the key alone. `page` is the number of rows in sight. */
export function stageCommand(
  { key, shift, command }: StageKey,
  at: Place,
  size: Size,
  page: number,
): StageCommand | null {
  if (size.rows === 0) return null;
  const go = (row: number, column: number): StageCommand => ({
    kind: 'go',
    extend: shift,
    to: {
      row: Math.max(0, Math.min(size.rows - 1, row)),
      column: Math.max(0, Math.min(size.columns - 1, column)),
    },
  });
  const far = Number.MAX_SAFE_INTEGER;
  switch (key) {
    case 'ArrowDown':
      return go(command ? far : at.row + 1, at.column);
    case 'ArrowUp':
      return go(command ? 0 : at.row - 1, at.column);
    case 'ArrowRight':
      return go(at.row, command ? far : at.column + 1);
    case 'ArrowLeft':
      return go(at.row, command ? 0 : at.column - 1);
    case 'PageDown':
      return go(at.row + page, at.column);
    case 'PageUp':
      return go(at.row - page, at.column);
    case 'Home':
      return go(command ? 0 : at.row, 0);
    case 'End':
      return go(command ? far : at.row, far);
  }
  if (command) return key.toLowerCase() === 'a' ? { kind: 'all' } : null;
  switch (key) {
    case 'Enter':
    case 'F2':
      return { kind: 'edit' };
    case 'Delete':
    case 'Backspace':
      return { kind: 'clear' };
    case 'Escape':
      return { kind: 'one' };
  }
  return /^[\d+-]$/.test(key) ? { kind: 'type', text: key } : null;
}
