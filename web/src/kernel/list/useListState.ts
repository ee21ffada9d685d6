import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { type ListShape, type ListState, readListState, writeListState } from './listState';

export type ChangeList = (change: Partial<ListState>, how?: { replace: boolean }) => void;

/** The URL is the state of a list: reading it, and changing it. Typing replaces the entry, choosing adds one. */
export function useListState(shape: ListShape): readonly [ListState, ChangeList] {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => readListState(params, shape), [params, shape]);
  const change = useCallback<ChangeList>(
    (changes, how) =>
      setParams(before => writeListState({ ...readListState(before, shape), ...changes }, shape, before), {
        replace: how?.replace ?? false,
        preventScrollReset: true,
      }),
    [setParams, shape],
  );
  return [state, change];
}
