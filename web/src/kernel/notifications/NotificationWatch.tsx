import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import type { NotificationList } from '@/api/types.gen';
import { remind } from '@/ui/overlays/notify';
import { writeMoment } from '@/ui/time';
import { request } from '../http/request';
import { pressing } from './alerts';
import { mark, useUnread } from './useNotifications';
import { useOpening } from './useOpening';

const said = new Set<string>();

/** Says at once what cannot wait until somebody looks at the bell: an interview that begins soon. Draws nothing. */
export function NotificationWatch() {
  const t = useTranslations('notifications');
  const zone = useTimeZone() ?? 'UTC';
  const locale = useLocale();
  const navigate = useNavigate();
  const opening = useOpening();
  const unread = useUnread();
  const before = useRef(unread);

  useEffect(() => {
    const grown = unread > before.current;
    before.current = unread;
    if (!grown) return;
    request<NotificationList>('GET', '/api/v1/notifications', { query: { unread: true, limit: 5 } }).then(
      list => {
        const now = Date.now();
        for (const row of pressing(list.items, now)) {
          if (said.has(row.id) || row.aboutAt === null) continue;
          said.add(row.id);
          const leads = opening(row);
          const open = () => {
            void mark(row, true).catch(() => undefined);
            if (typeof leads === 'string') void navigate(leads);
            else leads?.();
          };
          remind(
            `${row.title} · ${writeMoment(row.aboutAt, now, zone, locale)}`,
            leads === undefined ? undefined : { label: t('open'), run: open },
          );
        }
      },
      // The bell tells it all the same.
      () => undefined,
    );
  }, [unread, opening, navigate, zone, locale, t]);
  return null;
}
