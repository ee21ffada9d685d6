import type { ReactNode } from 'react';

export interface GridColumn<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Pixels; columns without one share what is left. */
  width?: number;
  /** Words may be cut rather than whole columns pushed out of sight: the column gives way down to four fifths of its width. */
  givesWay?: boolean;
  align?: 'start' | 'end';
  /** Name of the sort key; without one the header can't be pressed. */
  sort?: string;
  /** Place in the two-line card of a phone. The first column is always the title. */
  phone?: 'meta' | 'aside';
  /** What stands in that card, which has no headers, instead of the cell. */
  phoneCell?: (row: Row) => ReactNode;
}

export interface GridSort {
  field: string;
  descending: boolean;
}

const flexible = 160;
const first = 220;

const leastOf = ({ width = flexible, givesWay }: GridColumn<never>, place: number) =>
  place === 0 ? first : givesWay ? Math.round(width * 0.8) : width;

export function gridTemplate(columns: readonly GridColumn<never>[], selectable: boolean, menu: boolean): string {
  const parts = columns.map((column, index) => {
    const least = leastOf(column, index);
    const most = index === 0 ? '2fr' : column.width === undefined ? '1fr' : `${column.width}px`;
    return most === `${least}px` ? most : `minmax(${least}px, ${most})`;
  });
  return [selectable && '36px', ...parts, menu && '40px'].filter(Boolean).join(' ');
}

/** Below this width the grid scrolls sideways, in pixels. */
export function gridMinimum(columns: readonly GridColumn<never>[], selectable: boolean, menu: boolean): number {
  const cells = columns.reduce((sum, column, index) => sum + leastOf(column, index), 0);
  return cells + (selectable ? 36 : 0) + (menu ? 40 : 0);
}
