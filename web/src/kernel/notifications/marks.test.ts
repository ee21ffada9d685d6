import { describe, expect, it } from 'vitest';
import type { NotificationRow } from '@/api/types.gen';
import { byDay, marked } from './marks';

const row = (id: string, createdAt: string, readAt: string | null = null): NotificationRow => ({
  id,
  kind: 'mention',
  title: id,
  body: null,
  aboutAt: null,
  actorName: null,
  record: null,
  jobId: null,
  createdAt,
  readAt,
});

describe('notifications by day', () => {
  it('a day is the reader’s, not the server’s', () => {
    const rows = [row('late', '2026-11-20T23:30:00Z'), row('noon', '2026-11-20T11:00:00Z')];
    expect(byDay(rows, 'UTC').map(day => day.rows.length)).toEqual([2]);
    expect(byDay(rows, 'Europe/Berlin').map(day => day.key)).toEqual(['2026-11-21', '2026-11-20']);
  });
});

describe('marking', () => {
  const read = '2026-11-20T12:00:00Z';
  const data = { pages: [{ items: [row('a', read), row('b', read, read)], unread: 1, nextBefore: null }] };

  it('reads what was unread and leaves when others were read', () => {
    const later = '2026-11-21T08:00:00Z';
    expect(marked(data, ['a', 'b'], later).pages[0]?.items.map(one => one.readAt)).toEqual([later, read]);
  });

  it('makes unread again', () => {
    expect(marked(data, ['b'], null).pages[0]?.items.map(one => one.readAt)).toEqual([null, null]);
  });

  it('touches no others', () => {
    expect(marked(data, ['a'], read).pages[0]?.items[1]).toBe(data.pages[0]?.items[1]);
  });
});
