import type { ReactNode } from 'react';
import type { Tone } from '../parts/StateDot';

/** What a cell of the stage grid shows. The colour is always told by a word, too. */
export interface StageCell {
  /** A civil date, or the key of a choice; what is copied. Null is nothing. */
  value: string | null;
  tone?: Tone | undefined;
  /** Only the dot has the tone, not the cell. */
  quiet?: boolean;
  /** The state. */
  word?: string | undefined;
  /** What stands beside the state; the date of a date cell. */
  note?: string | undefined;
  /** Why somebody should look twice. */
  warning?: string | undefined;
}

export interface StageEditorProps<Row> {
  /** The rows whose cells are edited. */
  rows: readonly Row[];
  /** What all edited cells have in common; null when they differ or are empty. */
  value: string | null;
  onSet: (value: string | null) => void;
  onClose: () => void;
}

export interface StageColumn<Row> {
  id: string;
  name: string;
  /** Pixels. */
  width?: number;
  cell: (row: Row) => StageCell;
  /** How the cell is changed: a date by typing or picking it, anything else by a control of its own. */
  edit?: 'date' | ((props: StageEditorProps<Row>) => ReactNode);
  /** Whether this row's cell may be changed; true when left out. */
  mayEdit?: (row: Row) => boolean;
}

/** One cell of one row. */
export interface StageSpot<Row> {
  row: Row;
  column: StageColumn<Row>;
}

export interface StageChange<Row> {
  row: Row;
  /** Id of the column. */
  column: string;
  value: string | null;
}
