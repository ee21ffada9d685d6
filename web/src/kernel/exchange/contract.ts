/** Kind of a value a file can hold for a field. */
export type ColumnType =
  | 'text'
  | 'long_text'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'date'
  | 'instant'
  | 'choice'
  | 'words'
  | 'reference'
  | 'id';

export interface ExchangeColumn {
  field: string;
  type: ColumnType;
  required: boolean;
  readOnly: boolean;
  maxLength?: number | null;
  choices?: string[] | null;
  references?: string | null;
}

export interface ExchangeNoun {
  noun: string;
  module: string;
  canExport: boolean;
  canImport: boolean;
  keys: string[];
  columns: ExchangeColumn[];
}

export type ExchangeFormat = 'csv' | 'xlsx' | 'json' | 'sql';
export type ImportStatus = 'uploaded' | 'mapped' | 'validated' | 'running' | 'completed' | 'failed' | 'undone';
export type ImportMode = 'upsert' | 'create_only' | 'update_only';
export type RowAction = 'create' | 'update' | 'unchanged' | 'skip' | 'error';
export type DateOrder = 'ymd' | 'dmy' | 'mdy';
export type BlankRule = 'keep' | 'clear';
export type Confidence = 'exact' | 'synonym' | 'similar' | 'remembered' | 'none';

export type Counts = Record<RowAction, number>;

export interface FileColumn {
  header: string;
  samples: string[];
  field: string | null;
  confidence: Confidence;
  needsDateOrder: boolean;
}

export interface Mapping {
  columns: Record<string, string | null>;
  mode: ImportMode;
  matchKeys?: string[] | null;
  dateOrder?: DateOrder | null;
  decimal?: '.' | ',' | null;
  blank: BlankRule;
  encoding?: string | null;
  delimiter?: string | null;
  sheet?: string | null;
}

export interface ImportRun {
  id: string;
  noun: string;
  fileName: string;
  format: ExchangeFormat;
  status: ImportStatus;
  rows: number;
  detection: {
    encoding: string | null;
    delimiter: string | null;
    sheet: string | null;
    sheets: string[];
    headerRow: number;
  };
  columns: FileColumn[];
  mapping: Mapping | null;
  counts: Counts;
  jobId: string | null;
  createdAt: string;
  finishedAt: string | null;
  error: { code: string; detail: string } | null;
  actor: { id: string | null; name: string };
  undo: { reversed: number; kept: number; blocked: number } | null;
}

export interface NearMatch {
  id: string;
  name: string;
}

export interface ImportRow {
  n: number;
  action: RowAction;
  recordId: string | null;
  recordName: string | null;
  matchedBy: string | null;
  values: Record<string, string | null>;
  changes: { field: string; before: string | null; after: string | null }[];
  /** With an empty field it is about the row as a whole. */
  errors: { field: string; code: string; message: string; suggestions: { value: string; label: string }[] }[];
  warnings: { field?: string | null; code: string; message: string; nearMatches?: NearMatch[] | null }[];
  undo: 'reversed' | 'kept' | 'blocked' | null;
  undoReason: string | null;
}
