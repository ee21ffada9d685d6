import { describe, expect, it } from 'vitest';
import { type ListShape, listQuery, nextSort, readListState, writeListState } from './listState';

const shape: ListShape = {
  sorts: ['createdAt', 'name', 'status'],
  filters: ['status', 'createdAt'],
  views: ['table', 'board'],
  defaultSort: '-createdAt',
};
const read = (query: string) => readListState(new URLSearchParams(query), shape);
const write = (query: string, change: object) =>
  decodeURIComponent(writeListState({ ...read(query), ...change }, shape, new URLSearchParams(query)).toString());

describe('the URL of a list', () => {
  it('holds everything that was asked for', () => {
    const url = 'search=ada&sort=name,-status&createdAt.gte=2026-01-01&status=applied,hired&view=board&trash=true';
    expect(write(url, {}).split('&').sort()).toEqual(url.split('&').sort());
  });

  it('leaves defaults out', () => {
    expect(write('', { sort: [{ field: 'createdAt', descending: true }], view: 'table', search: '  ' })).toBe('');
  });

  it('falls back to the list’s own order and view when they are not known', () => {
    expect(read('sort=password,-evil&view=matrix')).toMatchObject({
      sort: [{ field: 'createdAt', descending: true }],
      view: 'table',
    });
  });

  it('ignores filters the list does not know, and keeps foreign parameters', () => {
    expect(read('status=applied&salary=1&status.drop=1').filters).toEqual({ status: 'applied' });
    expect(write('tab=history&status=applied', { filters: {} })).toBe('tab=history');
  });

  it('becomes the query of the API', () => {
    expect(listQuery(read('search=+ada+&status=applied&view=board'))).toEqual({
      search: 'ada',
      status: 'applied',
      sort: '-createdAt',
    });
  });
});

describe('a click on a header', () => {
  it('goes from ascending over descending back to the list’s own order', () => {
    const first = nextSort([{ field: 'createdAt', descending: true }], 'name');
    const second = nextSort(first, 'name');
    expect([first, second, nextSort(second, 'name')]).toEqual([
      [{ field: 'name', descending: false }],
      [{ field: 'name', descending: true }],
      [],
    ]);
  });
});
