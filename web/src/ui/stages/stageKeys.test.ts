import { describe, expect, it } from 'vitest';
import { stageCommand } from './stageKeys';

const size = { rows: 60, columns: 5 };
const press = (key: string, more: { shift?: boolean; command?: boolean } = {}, at = { row: 10, column: 2 }) =>
  stageCommand({ key, shift: false, command: false, ...more }, at, size, 20);

describe('keys of the stage grid', () => {
  it('go from cell to cell and stop at the edges', () => {
    expect(press('ArrowRight')).toEqual({ kind: 'go', extend: false, to: { row: 10, column: 3 } });
    expect(press('ArrowUp', {}, { row: 0, column: 2 })).toEqual({
      kind: 'go',
      extend: false,
      to: { row: 0, column: 2 },
    });
    expect(press('End', { command: true })).toEqual({ kind: 'go', extend: false, to: { row: 59, column: 4 } });
    expect(press('PageDown')).toEqual({ kind: 'go', extend: false, to: { row: 30, column: 2 } });
  });

  it('pull the selection with shift', () => {
    expect(press('ArrowDown', { shift: true })).toEqual({ kind: 'go', extend: true, to: { row: 11, column: 2 } });
  });

  it('start typing with a digit or a sign, and with nothing else', () => {
    expect(press('1')).toEqual({ kind: 'type', text: '1' });
    expect(press('+')).toEqual({ kind: 'type', text: '+' });
    expect(press('c')).toBeNull();
    expect(press('c', { command: true })).toBeNull();
  });

  it('do nothing where there are no rows', () => {
    expect(
      stageCommand({ key: 'Enter', shift: false, command: false }, { row: 0, column: 0 }, { rows: 0, columns: 5 }, 9),
    ).toBeNull();
  });
});
