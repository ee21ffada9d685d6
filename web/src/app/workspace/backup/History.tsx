import Bookmark from '@heroicons/react/16/solid/BookmarkIcon';
import { Button } from '@heroui/react/button';
import { Link } from 'react-router';
import { useLocale, useTranslations } from 'use-intl';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import { ErrorState } from '@/ui/parts/ErrorState';
import { Moment } from '@/ui/parts/Moment';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { StateDot } from '@/ui/parts/StateDot';
import { writeSize } from '@/ui/size';
import { useBackups } from './api';
import type { Backup } from './contract';
import { useBackupVerbs } from './useBackupVerbs';
import { statusTones, useBackupName, useKindWord } from './words';

/** All backups that are kept, newest first, and those that failed. */
export function History() {
  const t = useTranslations('backup');
  const backups = useBackups();
  const items = backups.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <section className="tile" aria-labelledby="backup-history">
      <header className="tile__head">
        <h2 id="backup-history" className="tile__title">
          {t('history')}
        </h2>
      </header>
      {backups.data ? (
        items.length === 0 ? (
          <p className="px-4 pb-4 text-muted text-sm">{t('noHistory')}</p>
        ) : (
          <ul className="backup-list">
            {items.map(backup => (
              <Line key={backup.id} backup={backup} />
            ))}
          </ul>
        )
      ) : backups.error ? (
        <ErrorState
          title={t('loadFailed')}
          sentence={backups.error.message}
          traceId={backups.error.traceId}
          onRetry={() => void backups.refetch()}
        />
      ) : (
        <div className="px-4 pb-4">
          <SkeletonLines lines={4} />
        </div>
      )}
      {backups.hasNextPage && (
        <div className="border-separator border-t p-3 text-center">
          <Button variant="outline" isPending={backups.isFetchingNextPage} onPress={() => void backups.fetchNextPage()}>
            {t('older')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Line({ backup }: { backup: Backup }) {
  const t = useTranslations('backup');
  const locale = useLocale();
  const verbs = useBackupVerbs();
  const nameOf = useBackupName();
  const kindWord = useKindWord();
  return (
    <li className="backup-line group">
      <Link to={`/backup/${backup.id}`} className="backup-line__when" preventScrollReset>
        <Moment at={backup.createdAt} />
        {backup.pinned && <Bookmark className="size-3.5 text-link" aria-label={t('pinned')} />}
      </Link>
      <span className="backup-line__kind">{kindWord(backup)}</span>
      <span className="backup-line__who">{backup.kind === 'scheduled' ? '' : backup.requestedBy.name}</span>
      <span className="backup-line__size">{backup.size === null ? '' : writeSize(backup.size, locale)}</span>
      <code className="backup-line__hash" title={backup.sha256 ?? undefined}>
        {backup.sha256?.slice(0, 12)}
      </code>
      <span className="backup-line__state">
        <StateDot tone={statusTones[backup.status]}>{t(`status.${backup.status}`)}</StateDot>
      </span>
      <span className="backup-line__menu">
        <ActionMenu label={t('actionsOf', { name: nameOf(backup) })} actions={verbs.actions(backup)} quiet />
      </span>
    </li>
  );
}
