import { describe, expect, it } from 'vitest';
import { extendTo, focusOn, isOne, isSelected, placesOf, toggle, within } from './selection';

const at = (row: number, column: number) => ({ row, column });

describe('selecting cells', () => {
  it('takes the rectangle between two cells, whichever way it was pulled', () => {
    const down = extendTo(focusOn(at(1, 1)), at(2, 3));
    const up = extendTo(focusOn(at(2, 3)), at(1, 1));
    expect(placesOf(down)).toEqual([at(1, 1), at(1, 2), at(1, 3), at(2, 1), at(2, 2), at(2, 3)]);
    expect(placesOf(up)).toEqual(placesOf(down));
    expect(isSelected(down, at(2, 2))).toBe(true);
    expect(isSelected(down, at(3, 2))).toBe(false);
  });

  it('keeps what was selected when a cell is added elsewhere, and gives it up when it is pressed again', () => {
    const two = toggle(extendTo(focusOn(at(0, 0)), at(0, 1)), at(5, 2));
    expect(placesOf(two)).toEqual([at(0, 0), at(0, 1), at(5, 2)]);
    const without = toggle(two, at(0, 0));
    expect(placesOf(without)).toEqual([at(0, 1), at(5, 2)]);
  });

  it('never selects nothing', () => {
    const one = toggle(focusOn(at(2, 2)), at(2, 2));
    expect(placesOf(one)).toEqual([at(2, 2)]);
    expect(isOne(one)).toBe(true);
  });

  it('steps back into a grid that became smaller', () => {
    expect(within(focusOn(at(9, 4)), { rows: 3, columns: 2 }).focus).toEqual(at(2, 1));
  });
});
