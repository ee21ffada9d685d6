import type { Place, Selection, Size } from './selection';
import { placesOf } from './selection';

/** The cells as spreadsheets exchange them: tabs between columns, lines between rows; what lies between is empty. */
export function writeCells(selection: Selection, textAt: (place: Place) => string): string {
  const places = placesOf(selection);
  const rows = [...new Set(places.map(place => place.row))].sort((a, b) => a - b);
  const columns = [...new Set(places.map(place => place.column))].sort((a, b) => a - b);
  const chosen = new Set(places.map(place => `${place.row} ${place.column}`));
  return rows
    .map(row => columns.map(column => (chosen.has(`${row} ${column}`) ? textAt({ row, column }) : '')).join('\t'))
    .join('\n');
}

export interface Pasted extends Place {
  text: string;
}

/**
 * Where a copied block lands. One value fills everything selected; a block starts at the first selected cell and is
 * repeated when the selection is a multiple of it; what would fall over the edge is dropped.
 */
export function placeCells(text: string, selection: Selection, size: Size): Pasted[] {
  const block = text
    .replace(/\r\n?/g, '\n')
    .replace(/\n$/, '')
    .split('\n')
    .map(line => line.split('\t'));
  const places = placesOf(selection);
  const [first] = places;
  if (!first) return [];
  if (block.length === 1 && block[0]?.length === 1)
    return places.map(place => ({ ...place, text: block[0]?.[0] ?? '' }));
  const top = Math.min(...places.map(place => place.row));
  const left = Math.min(...places.map(place => place.column));
  const repeat = (selected: number, own: number) => (selected > own && selected % own === 0 ? selected : own);
  const height = repeat(Math.max(...places.map(place => place.row)) - top + 1, block.length);
  const wide = Math.max(...block.map(line => line.length));
  const width = repeat(Math.max(...places.map(place => place.column)) - left + 1, wide);
  const pasted: Pasted[] = [];
  for (let row = 0; row < height && top + row < size.rows; row++)
    for (let column = 0; column < width && left + column < size.columns; column++) {
      const value = block[row % block.length]?.[column % wide];
      if (value !== undefined) pasted.push({ row: top + row, column: left + column, text: value });
    }
  return pasted;
}
