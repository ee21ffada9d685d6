import { expect, it } from 'vitest';
import type { NotificationRow } from '@/api/types.gen';
import { pressing } from './alerts';

const now = Date.parse('2026-11-20T12:00:00Z');

const row = (id: string, createdAt: string, aboutAt: string | null, readAt: string | null = null): NotificationRow => ({
  id,
  kind: 'interview_reminder',
  title: id,
  body: null,
  aboutAt,
  actorName: null,
  record: null,
  jobId: null,
  createdAt,
  readAt,
});

it('interrupts for what was told just now and happens within the hour', () => {
  const told = '2026-11-20T11:59:40Z';
  const rows = [
    row('in a quarter of an hour', told, '2026-11-20T12:15:00Z'),
    row('tomorrow', told, '2026-11-21T12:00:00Z'),
    row('over', told, '2026-11-20T11:50:00Z'),
    row('about no moment', told, null),
    row('told long ago', '2026-11-20T11:30:00Z', '2026-11-20T12:15:00Z'),
    row('read', told, '2026-11-20T12:15:00Z', told),
  ];
  expect(pressing(rows, now).map(one => one.id)).toEqual(['in a quarter of an hour']);
});
