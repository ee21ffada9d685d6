import { describe, expect, it } from 'vitest';
import { type BoardPage, placeCard } from './placeCard';

interface Row {
  id: string;
  status: string;
  rating: number;
}

const card = (id: string, status: string, rating = 0): Row => ({ id, status, rating });
const board: BoardPage<Row> = {
  columns: [
    { key: 'applied', count: 40, items: [card('a', 'applied'), card('b', 'applied')] },
    { key: 'screening', count: 7, items: [card('c', 'screening')] },
  ],
};

describe('a card on the board', () => {
  it('goes on top of the column of its new stage, and both counts follow', () => {
    const [applied, screening] = placeCard(board, card('b', 'screening')).columns;
    expect(applied).toMatchObject({ count: 39, items: [{ id: 'a' }] });
    expect(screening).toMatchObject({ count: 8, items: [{ id: 'b' }, { id: 'c' }] });
  });

  it('keeps its place while its stage stays', () => {
    const [applied] = placeCard(board, card('b', 'applied', 3)).columns;
    expect(applied).toMatchObject({ count: 40, items: [{ id: 'a' }, { id: 'b', rating: 3 }] });
  });
});
