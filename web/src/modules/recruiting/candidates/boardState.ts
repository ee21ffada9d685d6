import type { BoardOfCandidateRow, CandidateRow } from '@/api/types.gen';
import { queryClient } from '@/kernel/query';
import { showRow } from '@/kernel/records/changes';
import { boardKey, candidates } from './collection';

/** The board with a card in the column of its status, on top where it came from another one. */
export function placeCard(board: BoardOfCandidateRow, row: CandidateRow): BoardOfCandidateRow {
  return {
    columns: board.columns.map(column => {
      const had = column.items.some(one => one.id === row.id);
      if (column.key === row.status) {
        return had
          ? { ...column, items: column.items.map(one => (one.id === row.id ? row : one)) }
          : { ...column, count: column.count + 1, items: [row, ...column.items] };
      }
      return had
        ? { ...column, count: column.count - 1, items: column.items.filter(one => one.id !== row.id) }
        : column;
    }),
  };
}

/** Puts a candidate into every list, board and panel that shows it. */
export function showCandidate(row: CandidateRow) {
  showRow(candidates, row as never);
  queryClient.setQueriesData<BoardOfCandidateRow>({ queryKey: boardKey }, board => {
    const shown = board?.columns.some(column => column.items.some(one => one.id === row.id));
    return board && shown ? placeCard(board, row) : board;
  });
}
