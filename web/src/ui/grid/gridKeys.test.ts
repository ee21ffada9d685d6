import { describe, expect, it } from 'vitest';
import { type GridFocus, gridCommand } from './gridKeys';

const at = (change: Partial<GridFocus> = {}): GridFocus => ({
  row: 3,
  rows: 10,
  page: 4,
  selectable: true,
  selected: 0,
  ...change,
});
const press = (key: string, focus = at(), shift = false, command = false) =>
  gridCommand({ key, shift, command }, focus);

describe('keys of a grid', () => {
  it.each([
    ['j', 4],
    ['ArrowDown', 4],
    ['k', 2],
    ['ArrowUp', 2],
    ['PageDown', 7],
    ['PageUp', 0],
    ['Home', 0],
    ['End', 9],
  ])('%s moves to row %i', (key, row) => expect(press(key)).toEqual({ kind: 'focus', row }));

  it('stops at both ends', () => {
    expect(press('ArrowDown', at({ row: 9 }))).toEqual({ kind: 'focus', row: 9 });
    expect(press('k', at({ row: 0 }))).toEqual({ kind: 'focus', row: 0 });
  });

  it('opens with Enter and ticks with x or space', () => {
    expect(press('Enter')).toEqual({ kind: 'open', row: 3 });
    expect(press('x')).toEqual({ kind: 'toggle', row: 3 });
    expect(press(' ')).toEqual({ kind: 'toggle', row: 3 });
  });

  it('extends the selection while shift is held', () => {
    expect(press('ArrowDown', at(), true)).toEqual({ kind: 'extend', from: 3, to: 4 });
    expect(press('J', at(), true)).toEqual({ kind: 'extend', from: 3, to: 4 });
  });

  it('selects nothing where nothing can be selected', () => {
    const focus = at({ selectable: false });
    expect([press('x', focus), press('a', focus, false, true)]).toEqual([null, null]);
    expect(press('ArrowDown', focus, true)).toEqual({ kind: 'focus', row: 4 });
  });

  it('selects all with ⌘A and leaves other shortcuts to the browser', () => {
    expect(press('a', at(), false, true)).toEqual({ kind: 'all' });
    expect(press('c', at(), false, true)).toBeNull();
  });

  it('clears a selection with Escape, and otherwise lets Escape close what is around', () => {
    expect(press('Escape', at({ selected: 2 }))).toEqual({ kind: 'clear' });
    expect(press('Escape')).toBeNull();
  });

  it('does nothing in an empty grid', () => expect(press('j', at({ rows: 0 }))).toBeNull());
});
