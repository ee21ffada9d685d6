/** What a key does in a grid of rows. */
export type GridCommand =
  | { kind: 'focus'; row: number }
  | { kind: 'open'; row: number }
  | { kind: 'toggle'; row: number }
  | { kind: 'extend'; from: number; to: number }
  | { kind: 'all' }
  | { kind: 'clear' };

export interface GridKey {
  key: string;
  shift: boolean;
  command: boolean;
}

export interface GridFocus {
  row: number;
  rows: number;
  /** Rows of one page, for PageUp and PageDown. */
  page: number;
  selectable: boolean;
  selected: number;
}

/** The command of a key, or null when the grid leaves the key alone. */
export function gridCommand({ key, shift, command }: GridKey, at: GridFocus): GridCommand | null {
  if (at.rows === 0) return null;
  const last = at.rows - 1;
  const to = (row: number): GridCommand => {
    const target = Math.max(0, Math.min(last, row));
    return shift && at.selectable ? { kind: 'extend', from: at.row, to: target } : { kind: 'focus', row: target };
  };
  if (command) return key.toLowerCase() === 'a' && at.selectable ? { kind: 'all' } : null;
  switch (key) {
    case 'ArrowDown':
    case 'j':
    case 'J':
      return to(at.row + 1);
    case 'ArrowUp':
    case 'k':
    case 'K':
      return to(at.row - 1);
    case 'PageDown':
      return to(at.row + at.page);
    case 'PageUp':
      return to(at.row - at.page);
    case 'Home':
      return to(0);
    case 'End':
      return to(last);
    case 'Enter':
    case 'o':
      return { kind: 'open', row: at.row };
    case 'x':
    case ' ':
      return at.selectable ? { kind: 'toggle', row: at.row } : null;
    case 'Escape':
      return at.selected > 0 ? { kind: 'clear' } : null;
    default:
      return null;
  }
}
