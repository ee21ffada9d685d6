import type { DateOrder, ExchangeColumn, FileColumn, ImportRun, Mapping } from '../contract';

/** How the columns of a file go to the fields of a noun, while it is being chosen. */
export type MappingDraft = Required<Pick<Mapping, 'columns' | 'mode' | 'blank'>> & {
  /** Empty: the server's own order of keys. */
  matchKeys: string[];
  dateOrder: DateOrder | null;
  decimal: string | null;
};

/** What was chosen before, else what the server guesses. A field goes to the first column that claims it. */
export function draftOf(run: Pick<ImportRun, 'columns' | 'mapping'>): MappingDraft {
  const { mapping } = run;
  const taken = new Set<string>();
  const columns: Record<string, string | null> = {};
  for (const { header, field } of run.columns) {
    const wanted = mapping && header in mapping.columns ? (mapping.columns[header] ?? null) : field;
    columns[header] = wanted !== null && taken.has(wanted) ? null : wanted;
    if (wanted !== null) taken.add(wanted);
  }
  return {
    columns,
    mode: mapping?.mode ?? 'upsert',
    blank: mapping?.blank ?? 'keep',
    matchKeys: mapping?.matchKeys ?? [],
    dateOrder: mapping?.dateOrder ?? null,
    decimal: mapping?.decimal ?? null,
  };
}

/** Gives a column to a field. Whatever column had the field before loses it. */
export function assign(draft: MappingDraft, header: string, field: string | null): MappingDraft {
  const columns = Object.fromEntries(
    Object.entries(draft.columns).map(([name, current]) => [name, current === field ? null : current]),
  );
  return { ...draft, columns: { ...columns, [header]: field } };
}

/** What the server is told: without a key named, it looks for records by all of them. */
export const mappingOf = (draft: MappingDraft): Mapping => ({
  ...draft,
  matchKeys: draft.matchKeys.length === 0 ? null : draft.matchKeys,
});

export interface MappingFaults {
  /** Required fields no column goes to, where new records may come. */
  missing: string[];
  /** Nothing of the file is used. */
  nothing: boolean;
  /** Only existing records are wanted, and no column says which. */
  unmatched: boolean;
  /** Columns whose dates read two ways, and nobody has said which. */
  ambiguous: FileColumn[];
}

export function faultsOf(
  draft: MappingDraft,
  run: Pick<ImportRun, 'columns'>,
  fields: readonly ExchangeColumn[],
  keys: readonly string[],
): MappingFaults {
  const used = new Set(Object.values(draft.columns).filter(field => field !== null));
  return {
    missing:
      draft.mode === 'update_only'
        ? []
        : fields.filter(field => field.required && !field.readOnly && !used.has(field.field)).map(field => field.field),
    nothing: used.size === 0,
    unmatched: draft.mode === 'update_only' && ![...keys, 'id'].some(key => used.has(key)),
    ambiguous: draft.dateOrder === null ? run.columns.filter(column => asksForOrder(column, draft)) : [],
  };
}

/** Whether a column that is used holds dates such as 01/02/2026. */
export const asksForOrder = (column: FileColumn, draft: MappingDraft) =>
  column.needsDateOrder && draft.columns[column.header] != null;

/** Fields of the noun no column goes to. */
export function unusedFields(draft: MappingDraft, fields: readonly ExchangeColumn[]): string[] {
  const used = new Set(Object.values(draft.columns));
  return fields
    .filter(field => !field.readOnly && field.type !== 'id' && !used.has(field.field))
    .map(field => field.field);
}

const readings: Record<DateOrder, readonly [number, number, number]> = {
  dmy: [2, 1, 0],
  mdy: [2, 0, 1],
  ymd: [0, 1, 2],
};

/** The day a text such as "01/02/2026" means when read in an order (yyyy-mm-dd); null when that is no day. */
export function readDay(text: string, order: DateOrder): string | null {
  const parts = /^\s*(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})/.exec(text)?.slice(1).map(Number);
  if (!parts) return null;
  const [y, m, d] = readings[order].map(place => parts[place] ?? 0) as [number, number, number];
  const year = y < 100 ? (y < 70 ? 2000 + y : 1900 + y) : y;
  const day = new Date(Date.UTC(year, m - 1, d));
  if (day.getUTCMonth() !== m - 1 || day.getUTCDate() !== d) return null;
  return day.toISOString().slice(0, 10);
}

/** Orders dates may be written in: each with a value of the file that shows the difference, and the day it then means. */
export function possibleOrders(
  columns: readonly FileColumn[],
): { order: DateOrder; sample: string; day: string | null }[] {
  const sample = columns.find(column => column.ambiguousDate !== null)?.ambiguousDate ?? '';
  return (['dmy', 'mdy'] as const).map(order => ({ order, sample, day: readDay(sample, order) }));
}
