import { Button } from '@heroui/react/button';
import { Link } from 'react-router';
import { useLocale, useNow, useTimeZone, useTranslations } from 'use-intl';
import { PageBar } from '@/ui/PageBar';
import { EmptyState } from '@/ui/parts/EmptyState';
import { ErrorState } from '@/ui/parts/ErrorState';
import { Moment } from '@/ui/parts/Moment';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import { useBackupLog } from './api';
import { BackupTabs } from './BackupTabs';
import type { BackupLogEntry } from './contract';
import { writeDetail } from './logDetail';
import { useEventWord } from './words';

/** Everything that was ever done with a backup. */
export default function Log() {
  const t = useTranslations('backup');
  const log = useBackupLog();
  const items = log.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <>
      <PageBar title={t('title')} />
      <BackupTabs />
      {log.data ? (
        items.length === 0 ? (
          <EmptyState title={t('emptyLog')} sentence={t('emptyLogSentence')} />
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard
          <section className="trail" aria-label={t('tabs.log')} tabIndex={0}>
            <ul>
              {items.map(entry => (
                <Line key={entry.id} entry={entry} />
              ))}
            </ul>
            {log.hasNextPage && (
              <div className="p-3 text-center">
                <Button variant="outline" isPending={log.isFetchingNextPage} onPress={() => void log.fetchNextPage()}>
                  {t('older')}
                </Button>
              </div>
            )}
          </section>
        )
      ) : log.error ? (
        <ErrorState
          title={t('loadFailed')}
          sentence={log.error.message}
          traceId={log.error.traceId}
          onRetry={() => void log.refetch()}
        />
      ) : (
        <SkeletonRows />
      )}
    </>
  );
}

function Line({ entry }: { entry: BackupLogEntry }) {
  const wordOf = useEventWord();
  const locale = useLocale();
  const zone = useTimeZone() ?? 'UTC';
  const now = useNow().getTime();
  return (
    <li className="log-line">
      <span className="log-line__when">
        <Moment at={entry.at} />
      </span>
      {entry.backupId ? (
        <Link to={`/backup/${entry.backupId}`} className="log-line__what hover:underline">
          {wordOf(entry)}
        </Link>
      ) : (
        <span className="log-line__what">{wordOf(entry)}</span>
      )}
      <span className="log-line__who">{entry.actor.name}</span>
      <span className="log-line__detail">{writeDetail(entry.detail, { locale, zone, now })}</span>
    </li>
  );
}
