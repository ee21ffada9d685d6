import type { NotificationRow } from '@/api/types.gen';

const minute = 60_000;

/** How long before it happens something is worth interrupting for. */
const soon = 65 * minute;

/** How old a notification may be that interrupts: who opens a window later reads it at the bell. */
const fresh = 3 * minute;

/** What must not wait until somebody looks at the bell: what was told just now and happens within the hour. */
export function pressing(rows: readonly NotificationRow[], now: number): NotificationRow[] {
  return rows.filter(({ aboutAt, createdAt, readAt }) => {
    const ahead = aboutAt === null ? Number.NaN : Date.parse(aboutAt) - now;
    return readAt === null && now - Date.parse(createdAt) < fresh && ahead > 0 && ahead <= soon;
  });
}
