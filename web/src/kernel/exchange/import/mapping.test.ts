import { describe, expect, it } from 'vitest';
import type { ExchangeColumn, FileColumn } from '../contract';
import { assign, draftOf, faultsOf, mappingOf, possibleOrders, readDay, unusedFields } from './mapping';

const column = (header: string, field: string | null, change: Partial<FileColumn> = {}): FileColumn => ({
  header,
  field,
  samples: [],
  confidence: field ? 'exact' : 'none',
  needsDateOrder: false,
  ambiguousDate: null,
  ...change,
});
const field = (name: string, change: Partial<ExchangeColumn> = {}): ExchangeColumn => ({
  field: name,
  type: 'text',
  required: false,
  readOnly: false,
  ...change,
});
const fields = [
  field('id', { type: 'id', readOnly: true }),
  field('name', { required: true }),
  field('email'),
  field('born', { type: 'date' }),
];
const run = {
  columns: [column('Name', 'name'), column('Mail', 'email'), column('Mail 2', 'email'), column('Note', null)],
  mapping: null,
};

describe('the columns of a file', () => {
  it('begin with the guesses, each field once', () => {
    expect(draftOf(run).columns).toEqual({ Name: 'name', Mail: 'email', 'Mail 2': null, Note: null });
  });

  it('begin with what was chosen before', () => {
    const mapping = { columns: { Name: null, Mail: 'name' }, mode: 'update_only', blank: 'clear' } as const;
    expect(draftOf({ columns: run.columns.slice(0, 2), mapping })).toMatchObject({
      columns: { Name: null, Mail: 'name' },
      mode: 'update_only',
      blank: 'clear',
    });
  });

  it('leave the finding of records to the server unless a key is chosen', () => {
    expect(mappingOf(draftOf(run)).matchKeys).toBeNull();
    expect(mappingOf({ ...draftOf(run), matchKeys: ['email'] }).matchKeys).toEqual(['email']);
  });

  it('take a field away from the column that had it', () => {
    expect(assign(draftOf(run), 'Note', 'name').columns).toEqual({
      Name: null,
      Mail: 'email',
      'Mail 2': null,
      Note: 'name',
    });
    expect(assign(draftOf(run), 'Name', null).columns).toMatchObject({ Name: null, 'Mail 2': null });
  });

  it('name the fields that are still missing and those left out', () => {
    const draft = assign(draftOf(run), 'Name', null);
    expect(faultsOf(draft, run, fields, ['email'])).toMatchObject({ missing: ['name'], nothing: false });
    expect(faultsOf({ ...draft, mode: 'update_only' }, run, fields, ['email'])).toMatchObject({
      missing: [],
      unmatched: false,
    });
    expect(faultsOf({ ...draft, mode: 'update_only' }, run, fields, ['number'])).toMatchObject({ unmatched: true });
    expect(unusedFields(draft, fields)).toEqual(['name', 'born']);
  });

  it('ask for the order of dates only where such a column is used', () => {
    const dated = {
      columns: [column('Name', 'name'), column('Born', 'born', { needsDateOrder: true })],
      mapping: null,
    };
    const draft = draftOf(dated);
    expect(faultsOf(draft, dated, fields, []).ambiguous.map(one => one.header)).toEqual(['Born']);
    expect(faultsOf({ ...draft, dateOrder: 'dmy' }, dated, fields, []).ambiguous).toEqual([]);
    expect(faultsOf(assign(draft, 'Born', null), dated, fields, []).ambiguous).toEqual([]);
  });
});

describe('a date that reads two ways', () => {
  it('is read in both orders', () => {
    expect([readDay('01/02/2026', 'dmy'), readDay('01/02/2026', 'mdy')]).toEqual(['2026-02-01', '2026-01-02']);
    expect([readDay('31.12.26', 'dmy'), readDay('31.12.26', 'mdy')]).toEqual(['2026-12-31', null]);
    expect([readDay('2026-02-30', 'ymd'), readDay('soon', 'dmy')]).toEqual([null, null]);
  });

  it('is explained by the value of the file that shows it', () => {
    const dates = [column('Born', 'born', { ambiguousDate: '01/02/2026' })];
    expect(possibleOrders(dates)).toEqual([
      { order: 'dmy', sample: '01/02/2026', day: '2026-02-01' },
      { order: 'mdy', sample: '01/02/2026', day: '2026-01-02' },
    ]);
  });
});
