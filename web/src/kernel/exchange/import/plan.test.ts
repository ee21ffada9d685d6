import { describe, expect, it } from 'vitest';
import type { ImportRow } from '../contract';
import { allRows, cellOf, firstTab, moveIn, orderedErrors, rowName, toWrite } from './plan';

const none = { create: 0, update: 0, unchanged: 0, skip: 0, error: 0 };
const row = (change: Partial<ImportRow> = {}): ImportRow => ({
  n: 2,
  action: 'update',
  recordId: 'r1',
  recordName: null,
  matchedBy: 'email',
  values: { name: ' ', email: 'ada@mail.test', city: 'London' },
  changes: [{ field: 'city', before: 'Paris', after: 'London' }],
  errors: [],
  warnings: [],
  undo: null,
  undoReason: null,
  ...change,
});
const fields = ['name', 'email', 'city'];

describe('a dry run', () => {
  it('opens with the errors, and without any with what is new', () => {
    expect(firstTab({ ...none, error: 1, create: 5 })).toBe('error');
    expect(firstTab({ ...none, unchanged: 5, update: 1 })).toBe('update');
    expect(firstTab(none)).toBe('create');
  });

  it('counts what would be written', () => {
    const counts = { create: 2, update: 3, unchanged: 4, skip: 5, error: 6 };
    expect([toWrite(counts), allRows(counts)]).toEqual([5, 20]);
  });

  it('shows the change in the cell it changes', () => {
    expect(cellOf(row(), 'city')).toEqual({ text: 'London', before: 'Paris', changed: true, wrong: false });
    expect(cellOf(row(), 'email')).toEqual({ text: 'ada@mail.test', changed: false, wrong: false });
  });

  it('marks the cell an error is about, and lists errors in the order of the cells', () => {
    const error = (field: string) => ({ field, code: 'bad', message: 'bad', suggestions: [] });
    const wrong = row({ action: 'error', errors: [error('city'), error('name'), error('')] });
    expect([cellOf(wrong, 'city').wrong, cellOf(wrong, 'email').wrong]).toEqual([true, false]);
    expect(orderedErrors(wrong, fields).map(one => one.field)).toEqual(['', 'name', 'city']);
  });

  it('calls a row by its record, else by its first value', () => {
    expect(rowName(row({ recordName: 'Ada' }), fields)).toBe('Ada');
    expect(rowName(row(), fields)).toBe('ada@mail.test');
  });

  it.each([
    ['ArrowDown', { row: 2, column: 1 }],
    ['ArrowUp', { row: 0, column: 1 }],
    ['ArrowRight', { row: 1, column: 2 }],
    ['ArrowLeft', { row: 1, column: 0 }],
    ['Home', { row: 1, column: 0 }],
    ['End', { row: 1, column: 2 }],
    ['PageDown', { row: 2, column: 1 }],
  ])('%s moves between cells and stops at the edges', (key, expected) => {
    expect(moveIn(key, { row: 1, column: 1 }, 3, 3)).toEqual(expected);
    expect(moveIn('x', { row: 1, column: 1 }, 3, 3)).toBeNull();
  });
});
