import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Problem } from '../http/problem';
import { request } from '../http/request';
import { queryClient } from '../query';
import { showRow } from './changes';
import { recordKeys } from './keys';
import type { Noun } from './noun';
import { type BoardPage, type Card, placeCard } from './placeCard';

const boardKey = (noun: Pick<Noun, 'key'>) => [...recordKeys.lists(noun.key), 'board'] as const;
const steps = [50, 100, 200];

/** The columns of a board; `onMore` asks for more cards in each, until `complete`. */
export function useBoard<Row extends Card>(noun: Pick<Noun, 'key' | 'path'>, query: Readonly<Record<string, string>>) {
  const [limit, setLimit] = useState(steps[0]);
  const board = useQuery<BoardPage<Row>, Problem>({
    queryKey: [...boardKey(noun), query, limit],
    queryFn: ({ signal }) => request('GET', `${noun.path}/board`, { query: { ...query, limit }, signal }),
    placeholderData: keepPreviousData,
  });
  const { isPlaceholderData } = board;
  const onMore = useCallback(() => {
    if (!isPlaceholderData) setLimit(now => steps.find(step => step > (now ?? 0)) ?? now);
  }, [isPlaceholderData]);
  return { ...board, onMore, complete: limit === steps.at(-1) };
}

/** Puts a row into every list, board and panel that shows it. */
export function showOnBoards<Row extends Card>(noun: Pick<Noun, 'key'>, row: Row) {
  showRow(noun, row as never);
  queryClient.setQueriesData<BoardPage<Row>>({ queryKey: boardKey(noun) }, board => {
    const shown = board?.columns.some(column => column.items.some(one => one.id === row.id));
    return board && shown ? placeCard(board, row) : board;
  });
}
