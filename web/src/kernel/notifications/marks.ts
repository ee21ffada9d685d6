import type { NotificationList, NotificationRow } from '@/api/types.gen';

/** The same pages with these notifications read at that time, or unread; those read keep when they were. */
export function marked<Pages extends { pages: readonly NotificationList[] }>(
  data: Pages,
  ids: readonly string[],
  at: string | null,
): Pages {
  const pages = data.pages.map(page => ({
    ...page,
    items: page.items.map(row => (ids.includes(row.id) ? { ...row, readAt: at && (row.readAt ?? at) } : row)),
  }));
  return { ...data, pages };
}

/** Notifications of one day, for its heading. */
export interface DayOfNotifications {
  key: string;
  rows: NotificationRow[];
}

/** Newest first, as they come: one group for each civil day of the zone. */
export function byDay(rows: readonly NotificationRow[], timeZone: string): DayOfNotifications[] {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const days: DayOfNotifications[] = [];
  for (const row of rows) {
    const key = day.format(Date.parse(row.createdAt));
    const last = days.at(-1);
    if (last?.key === key) last.rows.push(row);
    else days.push({ key, rows: [row] });
  }
  return days;
}
