import { describe, expect, it } from 'vitest';
import { type CellSetting, matrixCommand } from './matrixKeys';

const press = (key: string, setting: CellSetting = 'inherit', readOnly = false, row = 1, column = 1) =>
  matrixCommand(key, { row, column, rows: 3, columns: 3, setting, readOnly });

describe('keys of the access matrix', () => {
  it.each([
    ['ArrowUp', 0, 1],
    ['ArrowDown', 2, 1],
    ['ArrowLeft', 1, 0],
    ['ArrowRight', 1, 2],
    ['Home', 1, 0],
    ['End', 1, 2],
    ['PageDown', 2, 1],
  ])('%s moves to row %i, column %i', (key, row, column) => expect(press(key)).toEqual({ kind: 'focus', row, column }));

  it('stays inside', () =>
    expect(press('ArrowUp', 'inherit', false, 0, 0)).toEqual({ kind: 'focus', row: 0, column: 0 }));

  it('sets a level by its letter', () => {
    expect(['r', 'W', 'n', 'i', 'Delete'].map(key => press(key))).toEqual(
      ['read', 'write', 'deny', 'inherit', 'inherit'].map(setting => ({ kind: 'set', setting })),
    );
  });

  it('goes round all settings with space', () => {
    const seen: CellSetting[] = [];
    let setting: CellSetting = 'inherit';
    for (let turn = 0; turn < 4; turn++) {
      const command = press(' ', setting);
      if (command?.kind === 'set') setting = command.setting;
      seen.push(setting);
    }
    expect(seen).toEqual(['read', 'write', 'deny', 'inherit']);
  });

  it('changes nothing for those who may only look', () => {
    expect([press('w', 'inherit', true), press(' ', 'inherit', true)]).toEqual([null, null]);
    expect(press('Enter', 'inherit', true)).toEqual({ kind: 'open' });
  });
});
