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
    sheets: string[] | null;
    headerRow: number | null;
  };
  columns: FileColumn[];
  mapping: Mapping | null;
  counts: Counts | null;
  jobId: string | null;
  createdAt: string;
  actor: { id: string; name: string } | null;
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
  changes: { field: string; before: unknown; after: unknown }[];
  errors: {
    field: string | null;
    code: string;
    message: string;
    suggestions?: { value: string; label: string }[] | null;
  }[];
  warnings: { field?: string | null; code: string; message: string; nearMatches?: NearMatch[] | null }[];
}
