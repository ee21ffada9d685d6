import BellIcon from '@heroicons/react/20/solid/BellIcon';
import Cog from '@heroicons/react/20/solid/Cog6ToothIcon';
import XMark from '@heroicons/react/20/solid/XMarkIcon';
import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useLocale, useNow, useTimeZone, useTranslations } from 'use-intl';
import { Presets } from '@/ui/fields/Presets';
import { warn } from '@/ui/overlays/notify';
import { EmptyState } from '@/ui/parts/EmptyState';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { Tip } from '@/ui/parts/Tip';
import { writeMoment } from '@/ui/time';
import { isProblem } from '../http/problem';
import { useAccess } from '../session/useSession';
import { byDay } from './marks';
import { NotificationItem } from './NotificationItem';
import { markAll, useNotifications, useUnread } from './useNotifications';

/** What the person was told, by day, newest first. */
export function NotificationPanel(props: { onLeave: () => void; closes: boolean }) {
  const t = useTranslations('notifications');
  const can = useAccess();
  const navigate = useNavigate();
  const zone = useTimeZone() ?? 'UTC';
  const locale = useLocale();
  const now = useNow({ updateInterval: 60_000 }).getTime();
  const unread = useUnread();
  const [shown, setShown] = useState<'all' | 'unread'>('all');
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useNotifications(shown === 'unread');
  const rows = data?.pages.flatMap(page => page.items);

  function readAll() {
    markAll(rows ?? []).catch(failed => {
      if (!isProblem(failed)) throw failed;
      warn(t('markFailed'), failed.message);
    });
  }

  return (
    <>
      <header className="notifications__head">
        <h2 className="font-semibold text-sm">{t('title')}</h2>
        <div className="ms-auto flex items-center gap-1">
          <Button size="sm" variant="ghost" className="text-muted" isDisabled={unread === 0} onPress={readAll}>
            {t('readAll')}
          </Button>
          <Tip text={t('settings')}>
            <Button
              isIconOnly
              size="sm"
              variant="ghost"
              className="text-muted"
              aria-label={t('settings')}
              onPress={() => {
                props.onLeave();
                void navigate(can('settings') ? '/settings/notifications' : '/profile/notifications');
              }}
            >
              <Cog />
            </Button>
          </Tip>
          {props.closes && (
            <Button
              isIconOnly
              size="sm"
              variant="ghost"
              className="text-muted"
              aria-label={t('close')}
              onPress={props.onLeave}
            >
              <XMark />
            </Button>
          )}
        </div>
      </header>
      <div className="notifications__filter">
        <Presets
          label={t('which')}
          options={[
            { value: 'all', name: t('all') },
            { value: 'unread', name: unread > 0 ? t('unreadCount', { count: unread }) : t('unread') },
          ]}
          chosen={shown}
          onChoose={setShown}
        />
      </div>
      <div className="notifications__body">
        {error && !rows ? (
          <ErrorState
            title={t('loadFailed')}
            sentence={error.message}
            traceId={error.traceId}
            onRetry={() => void refetch()}
          />
        ) : !rows ? (
          <div className="p-4">
            <SkeletonLines lines={6} />
          </div>
        ) : rows.length === 0 ? (
          <EmptyState
            icon={<BellIcon />}
            title={shown === 'unread' ? t('allRead') : t('empty')}
            sentence={shown === 'unread' ? t('allReadSentence') : t('emptySentence')}
          />
        ) : (
          byDay(rows, zone).map(day => (
            <section key={day.key} aria-label={dayName(day.rows[0]?.createdAt)}>
              <h3 className="notifications__day">{dayName(day.rows[0]?.createdAt)}</h3>
              <ul>
                {day.rows.map(row => (
                  <NotificationItem key={row.id} row={row} now={now} onLeave={props.onLeave} />
                ))}
              </ul>
            </section>
          ))
        )}
        {hasNextPage && (
          <div className="p-2">
            <Button
              variant="ghost"
              className="w-full text-muted"
              isPending={isFetchingNextPage}
              onPress={() => void fetchNextPage()}
            >
              {t('older')}
            </Button>
          </div>
        )}
      </div>
    </>
  );

  function dayName(at: string | undefined) {
    return at === undefined ? '' : writeMoment(at, now, zone, locale, false);
  }
}
