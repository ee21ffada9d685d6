import type { BoardOfCandidateRow, CandidateRow } from '@/api/types.gen';
import { queryClient } from '@/kernel/query';
import { showRow } from '@/kernel/records/changes';
import { boardKey, candidates } from './collection';
import { placeCard } from './placeCard';

/** Puts a candidate into every list, board and panel that shows it. */
export function showCandidate(row: CandidateRow) {
  showRow(candidates, row as never);
  queryClient.setQueriesData<BoardOfCandidateRow>({ queryKey: boardKey }, board => {
    const shown = board?.columns.some(column => column.items.some(one => one.id === row.id));
    return board && shown ? placeCard(board, row) : board;
  });
}
