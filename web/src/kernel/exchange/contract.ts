import type { DateOrder as AnyOrder, ImportCounts, ImportMapping, ImportRowRow, ImportRunRow } from '@/api/types.gen';

export type {
  BlankRule,
  ExchangeColumn,
  ExchangeFormat,
  ExchangeNoun,
  ImportAction as RowAction,
  ImportColumn as FileColumn,
  ImportMode,
  ImportStatus,
  MappingConfidence as Confidence,
} from '@/api/types.gen';

export type DateOrder = NonNullable<AnyOrder>;

// The description of the API can't say of the values of a dictionary that they may be null, nor that an answer's counts
// are all there.

/** Texts of cells by field. */
export type Cells = Record<string, string | null>;
export type Counts = Required<ImportCounts>;
/** Column name → field, or null for a column that is left out. */
export type Mapping = Omit<ImportMapping, 'columns'> & { columns: Record<string, string | null> };
export type ImportRun = Omit<ImportRunRow, 'counts' | 'mapping'> & { counts: Counts; mapping: Mapping | null };
export type ImportRow = Omit<ImportRowRow, 'values'> & { values: Cells };
