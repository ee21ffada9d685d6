import type { ReactNode } from 'react';

export interface GridColumn<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Pixels; columns without one share what is left. */
  width?: number;
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

export function gridTemplate(columns: readonly GridColumn<never>[], selectable: boolean, menu: boolean): string {
  const parts = columns.map((column, index) => {
    const least = index === 0 ? 220 : (column.width ?? flexible);
    return column.width === undefined || index === 0 ? `minmax(${least}px, ${index === 0 ? 2 : 1}fr)` : `${least}px`;
  });
  return [selectable && '36px', ...parts, menu && '40px'].filter(Boolean).join(' ');
}

/** Below this width the grid scrolls sideways, in pixels. */
export function gridMinimum(columns: readonly GridColumn<never>[], selectable: boolean, menu: boolean): number {
  const cells = columns.reduce((sum, column, index) => sum + (index === 0 ? 220 : (column.width ?? flexible)), 0);
  return cells + (selectable ? 36 : 0) + (menu ? 40 : 0);
}
