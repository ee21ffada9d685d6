/** What a record needs to lie on a board of its statuses. */
export interface Card {
  id: string;
  status: string;
}

export interface BoardPage<Row extends Card> {
  columns: { key: string; count: number; items: Row[] }[];
}

/** The board with a card in the column of its status, on top where it came from another one. */
export function placeCard<Row extends Card>(board: BoardPage<Row>, row: Row): BoardPage<Row> {
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
