/** A cell by its place. */
export interface Place {
  row: number;
  column: number;
}

/** What is selected: the rectangle between `anchor` and `focus`, and single cells added before. */
export interface Selection {
  focus: Place;
  anchor: Place;
  added: ReadonlySet<string>;
}

export interface Size {
  rows: number;
  columns: number;
}

export const start: Selection = { focus: { row: 0, column: 0 }, anchor: { row: 0, column: 0 }, added: new Set() };

export const placeKey = ({ row, column }: Place) => `${row} ${column}`;

export function isSelected({ focus, anchor, added }: Selection, place: Place): boolean {
  return (
    (place.row >= Math.min(focus.row, anchor.row) &&
      place.row <= Math.max(focus.row, anchor.row) &&
      place.column >= Math.min(focus.column, anchor.column) &&
      place.column <= Math.max(focus.column, anchor.column)) ||
    added.has(placeKey(place))
  );
}

/** One cell alone. */
export function focusOn(place: Place): Selection {
  return { focus: place, anchor: place, added: new Set() };
}

/** The rectangle pulled to another cell; what was added before stays. */
export function extendTo(before: Selection, place: Place): Selection {
  return { ...before, focus: place };
}

/** A cell more, or one less. Everything selected so far is kept. */
export function toggle(before: Selection, place: Place): Selection {
  const added = new Set([...before.added, ...placesOf({ ...before, added: new Set() }).map(placeKey)]);
  const key = placeKey(place);
  const was = added.delete(key);
  if (!was) return { focus: place, anchor: place, added };
  const [last] = added;
  if (last === undefined) return focusOn(place);
  const [row = 0, column = 0] = last.split(' ').map(Number);
  return { focus: { row, column }, anchor: { row, column }, added };
}

/** Everything selected, row by row. */
export function placesOf(selection: Selection): Place[] {
  const { focus, anchor, added } = selection;
  const keys = new Set(added);
  for (let row = Math.min(focus.row, anchor.row); row <= Math.max(focus.row, anchor.row); row++)
    for (let column = Math.min(focus.column, anchor.column); column <= Math.max(focus.column, anchor.column); column++)
      keys.add(placeKey({ row, column }));
  return [...keys]
    .map(key => {
      const [row = 0, column = 0] = key.split(' ').map(Number);
      return { row, column };
    })
    .sort((a, b) => a.row - b.row || a.column - b.column);
}

export function isOne({ focus, anchor, added }: Selection): boolean {
  return focus.row === anchor.row && focus.column === anchor.column && added.size === 0;
}

/** The selection as far as it still lies inside the grid. */
export function within(selection: Selection, size: Size): Selection {
  const clamp = (place: Place): Place => ({
    row: Math.max(0, Math.min(size.rows - 1, place.row)),
    column: Math.max(0, Math.min(size.columns - 1, place.column)),
  });
  return { ...selection, focus: clamp(selection.focus), anchor: clamp(selection.anchor) };
}
