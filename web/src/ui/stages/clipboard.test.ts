import { describe, expect, it } from 'vitest';
import { placeCells, writeCells } from './clipboard';
import { extendTo, focusOn, toggle } from './selection';

const at = (row: number, column: number) => ({ row, column });
const size = { rows: 4, columns: 4 };

describe('copying and pasting cells', () => {
  it('writes a rectangle as a spreadsheet does, with gaps left empty', () => {
    const selection = toggle(extendTo(focusOn(at(0, 0)), at(0, 1)), at(1, 1));
    expect(writeCells(selection, place => `${place.row}${place.column}`)).toBe('00\t01\n\t11');
  });

  it('fills everything selected with one value', () => {
    const pasted = placeCells('2026-01-02\n', extendTo(focusOn(at(0, 1)), at(2, 1)), size);
    expect(pasted.map(one => one.row)).toEqual([0, 1, 2]);
    expect(new Set(pasted.map(one => one.text))).toEqual(new Set(['2026-01-02']));
  });

  it('puts a block down from the first cell and drops what falls over the edge', () => {
    const pasted = placeCells('a\tb\r\nc\td', focusOn(at(3, 3)), size);
    expect(pasted).toEqual([{ row: 3, column: 3, text: 'a' }]);
  });

  it('repeats a block over a selection that is a multiple of it', () => {
    const pasted = placeCells('a\tb', extendTo(focusOn(at(0, 0)), at(1, 1)), size);
    expect(pasted.map(one => one.text).join('')).toBe('abab');
  });
});
