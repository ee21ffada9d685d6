import type { BoardOfCandidateRow, CandidateRow } from '@/api/types.gen';

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
