import { memo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import type { NotificationRow } from '@/api/types.gen';
import { warn } from '@/ui/overlays/notify';
import { writeAgo, writeExactly, writeMoment } from '@/ui/time';
import { isProblem } from '../http/problem';
import { mark } from './useNotifications';
import { useOpening } from './useOpening';

/** One thing the person was told. Opened, it leads to what it is about and counts as read. */
export const NotificationItem = memo(function NotificationItem(props: {
  row: NotificationRow;
  now: number;
  onLeave: () => void;
}) {
  const t = useTranslations('notifications');
  const zone = useTimeZone() ?? 'UTC';
  const locale = useLocale();
  const { row, now } = props;
  const opening = useOpening()(row);
  const isUnread = row.readAt === null;

  function setRead(read: boolean) {
    mark(row, read).catch(failed => {
      if (!isProblem(failed)) throw failed;
      warn(t('markFailed'), failed.message);
    });
  }

  function open() {
    setRead(true);
    if (opening) props.onLeave();
    if (typeof opening === 'function') opening();
  }

  return (
    <li className="notification" data-unread={isUnread || undefined}>
      <Target to={typeof opening === 'string' ? opening : undefined} onPress={open}>
        <span className="notification__title">
          {isUnread && <span className="sr-only">{t('isUnread')} </span>}
          {row.title}
        </span>
        {row.aboutAt && (
          <span className="notification__about" title={writeExactly(row.aboutAt, zone, locale)}>
            {writeMoment(row.aboutAt, now, zone, locale)}
          </span>
        )}
        {row.body && <span className="notification__text">{row.body}</span>}
      </Target>
      <time className="notification__ago" dateTime={row.createdAt} title={writeExactly(row.createdAt, zone, locale)}>
        {writeAgo(row.createdAt, now, zone, locale)}
      </time>
      <button
        type="button"
        className="notification__mark"
        aria-label={isUnread ? t('markRead', { title: row.title }) : t('markUnread', { title: row.title })}
        title={isUnread ? t('markReadShort') : t('markUnreadShort')}
        onClick={() => setRead(isUnread)}
      />
    </li>
  );
});

function Target(props: { to: string | undefined; onPress: () => void; children: ReactNode }) {
  return props.to === undefined ? (
    <button type="button" className="notification__target" onClick={props.onPress}>
      {props.children}
    </button>
  ) : (
    <Link
      to={props.to}
      className="notification__target"
      onClick={event => {
        // Opened in another tab, this one stays where it is.
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        props.onPress();
      }}
    >
      {props.children}
    </Link>
  );
}
