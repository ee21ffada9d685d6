/** One key of a list's order. */
export interface SortKey {
  field: string;
  descending: boolean;
}

/** The state of a list, as its URL holds it. Filter names and values are those of the API's query. */
export interface ListState {
  search: string;
  sort: readonly SortKey[];
  filters: Readonly<Record<string, string>>;
  /** Table, board, calendar, … */
  view: string;
  trash: boolean;
}

/** What a list allows in its URL. Everything else there is left alone and ignored. */
export interface ListShape {
  sorts: readonly string[];
  filters: readonly string[];
  views: readonly string[];
  defaultSort: string;
}

const operators = ['gte', 'gt', 'lte', 'lt', 'ne', 'contains', 'starts', 'null'];

export function readListState(params: URLSearchParams, shape: ListShape): ListState {
  const asked = parseSort(params.get('sort') ?? '', shape.sorts);
  const filters: Record<string, string> = {};
  for (const [name, value] of params) if (value !== '' && isFilter(name, shape)) filters[name] = value;
  const view = params.get('view') ?? '';
  return {
    search: params.get('search') ?? '',
    sort: asked.length > 0 ? asked : parseSort(shape.defaultSort, shape.sorts),
    filters,
    view: shape.views.includes(view) ? view : (shape.views[0] ?? 'table'),
    trash: params.get('trash') === 'true',
  };
}

/** The same URL with the list's state written into it; what is the default stays out. */
export function writeListState(state: ListState, shape: ListShape, around = new URLSearchParams()): URLSearchParams {
  const params = new URLSearchParams(around);
  for (const name of [...params.keys()]) if (isFilter(name, shape)) params.delete(name);
  set(params, 'search', state.search.trim());
  const sort = formatSort(state.sort);
  set(params, 'sort', sort === formatSort(parseSort(shape.defaultSort, shape.sorts)) ? '' : sort);
  for (const name of Object.keys(state.filters).sort()) set(params, name, state.filters[name] ?? '');
  set(params, 'view', state.view === shape.views[0] ? '' : state.view);
  set(params, 'trash', state.trash ? 'true' : '');
  return params;
}

/** What the API is asked for. */
export function listQuery(state: ListState): Record<string, string> {
  const query: Record<string, string> = { ...state.filters, sort: formatSort(state.sort) };
  if (state.search.trim() !== '') query.search = state.search.trim();
  if (state.trash) query.trash = 'true';
  return query;
}

export function parseSort(text: string, allowed: readonly string[]): SortKey[] {
  const keys: SortKey[] = [];
  for (const part of text.split(',')) {
    const descending = part.startsWith('-');
    const field = descending ? part.slice(1) : part;
    if (allowed.includes(field) && !keys.some(key => key.field === field)) keys.push({ field, descending });
  }
  return keys;
}

export function formatSort(sort: readonly SortKey[]): string {
  return sort.map(key => (key.descending ? `-${key.field}` : key.field)).join(',');
}

/** What a click on a column's header leads to: ascending, descending, then the list's own order. */
export function nextSort(sort: readonly SortKey[], field: string): SortKey[] {
  const [first] = sort;
  if (first?.field !== field) return [{ field, descending: false }];
  return first.descending ? [] : [{ field, descending: true }];
}

function isFilter(name: string, shape: ListShape): boolean {
  const dot = name.lastIndexOf('.');
  if (dot < 0) return shape.filters.includes(name);
  return shape.filters.includes(name.slice(0, dot)) && operators.includes(name.slice(dot + 1));
}

function set(params: URLSearchParams, name: string, value: string) {
  if (value === '') params.delete(name);
  else params.set(name, value);
}
