import { describe, expect, it } from 'vitest';
import type { SavedViewRow } from '@/api/types.gen';
import { listAddress, viewOf, viewQuery } from './savedViews';
import { endOf, lifetimes } from './shareLifetimes';

const shape = {
  sorts: ['name', 'createdAt'],
  filters: ['status', 'createdAt'],
  views: ['table', 'board'],
  defaultSort: '-createdAt',
};
const of = (query: string) => viewQuery(new URLSearchParams(query), shape);
const view = (id: string, query: string, mine: boolean) => ({ id, query, mine }) as SavedViewRow;

describe('what a view keeps of an address', () => {
  it('is the list’s state and nothing of the panel over it', () => {
    expect(of('tab=comments&status=applied&with.name=Ada&view=board&sort=name')).toBe(
      'sort=name&status=applied&view=board',
    );
  });

  it('is the same however the address was spelt', () => {
    expect(of('view=table&status=applied&sort=-createdAt')).toBe(of('status=applied'));
    expect(of('status=applied&createdAt.gte=2026-01-01')).toBe(of('createdAt.gte=2026-01-01&status=applied'));
  });
});

describe('the view that is shown', () => {
  it('is one’s own where others have the same', () => {
    const views = [view('theirs', 'status=applied', false), view('mine', 'view=table&status=applied', true)];
    expect(viewOf(views, new URLSearchParams('status=applied&tab=history'), shape)?.id).toBe('mine');
    expect(viewOf(views.slice(0, 1), new URLSearchParams('status=applied'), shape)?.id).toBe('theirs');
    expect(viewOf(views, new URLSearchParams('status=hired'), shape)).toBeUndefined();
  });

  it('of everything says so, so that a default view does not take its place', () => {
    expect(listAddress('', shape)).toBe('view=table');
    expect(of(listAddress('', shape))).toBe('');
  });
});

describe('the end of a shared link', () => {
  it('lies ahead and within a year for every choice', () => {
    const now = Date.parse('2028-02-01T12:00:00Z');
    for (const days of lifetimes) {
      const end = Date.parse(endOf(String(days), now));
      expect(end).toBeGreaterThan(now);
      expect(end - now).toBeLessThan(365 * 86_400_000);
    }
  });
});
