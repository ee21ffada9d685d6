import type { SavedViewRow } from '@/api/types.gen';
import { type ListShape, readListState, writeListState } from '../list/listState';

/** What a saved view keeps of an address: the list's own state, always spelt the same way. */
export function viewQuery(params: URLSearchParams, shape: ListShape): string {
  const query = writeListState(readListState(params, shape), shape);
  query.sort();
  return query.toString();
}

/** The view that shows exactly this; one's own before those of others. */
export function viewOf(
  views: readonly SavedViewRow[],
  params: URLSearchParams,
  shape: ListShape,
): SavedViewRow | undefined {
  const query = viewQuery(params, shape);
  const same = views.filter(view => viewQuery(new URLSearchParams(view.query), shape) === query);
  return same.find(view => view.mine) ?? same[0];
}

/** The address of a list: of a view, or of everything (`query` empty). A default view must not take the place of everything. */
export function listAddress(query: string, shape: ListShape): string {
  return query === '' ? `view=${shape.views[0]}` : query;
}
