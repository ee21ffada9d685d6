import ArrowDownTray from '@heroicons/react/16/solid/ArrowDownTrayIcon';
import ArrowUturnLeft from '@heroicons/react/16/solid/ArrowUturnLeftIcon';
import XMark from '@heroicons/react/16/solid/XMarkIcon';
import { Button } from '@heroui/react/button';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormatter, useLocale, useTranslations } from 'use-intl';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import { SidePanel } from '@/ui/overlays/SidePanel';
import { ErrorState } from '@/ui/parts/ErrorState';
import { Moment } from '@/ui/parts/Moment';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { StateDot } from '@/ui/parts/StateDot';
import { writeSize } from '@/ui/size';
import { useBackup } from './api';
import type { Backup } from './contract';
import { useBackupVerbs } from './useBackupVerbs';
import { statusTones, useBackupName, useErrorWord, useHeld, useKindWord, useMayBackUp, useNounName } from './words';

/** One backup: what is in it, its seal, and what can be done with it. */
export function Details({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations('backup');
  const backup = useBackup(id);
  return (
    <SidePanel label={t('one')} onClose={onClose} width={520}>
      <header className="flex h-12 flex-none items-center gap-2 border-border border-b ps-5 pe-2">
        <span className="text-muted text-sm">{t('one')}</span>
        <span className="ms-auto flex items-center gap-1">
          {backup.data && <More backup={backup.data} onClose={onClose} />}
          <Button isIconOnly variant="ghost" aria-label={t('close')} onPress={onClose}>
            <XMark />
          </Button>
        </span>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-5">
        {backup.data ? (
          <Body backup={backup.data} />
        ) : backup.error ? (
          <ErrorState
            title={t(backup.error.status === 404 ? 'gone' : 'loadFailed')}
            sentence={backup.error.status === 404 ? t('goneSentence') : backup.error.message}
            traceId={backup.error.traceId}
          />
        ) : (
          <SkeletonLines lines={6} />
        )}
      </div>
    </SidePanel>
  );
}

function More({ backup, onClose }: { backup: Backup; onClose: () => void }) {
  const t = useTranslations('backup');
  const verbs = useBackupVerbs();
  const nameOf = useBackupName();
  const actions = verbs
    .actions(backup)
    .filter(action => action.id !== 'restore' && action.id !== 'download')
    .map(action =>
      action.id === 'delete'
        ? { ...action, run: () => void verbs.remove(backup).then(gone => gone && onClose()) }
        : action,
    );
  return <ActionMenu label={t('actionsOf', { name: nameOf(backup) })} actions={actions} />;
}

function Body({ backup }: { backup: Backup }) {
  const t = useTranslations('backup');
  const locale = useLocale();
  const { number } = useFormatter();
  const nameOf = useNounName();
  const held = useHeld()(backup.rowCounts);
  const kindWord = useKindWord();
  const errorWord = useErrorWord();
  const verbs = useBackupVerbs();
  const mayWrite = useMayBackUp();
  const good = backup.status === 'succeeded';
  return (
    <>
      <h2 className="font-semibold text-xl/7 tracking-[-0.015em]">
        <Moment at={backup.createdAt} />
      </h2>
      <p className="mt-1 flex flex-wrap items-center gap-3 text-sm">
        <StateDot tone={statusTones[backup.status]}>{t(`status.${backup.status}`)}</StateDot>
        <span className="text-muted">{kindWord(backup)}</span>
        {backup.pinned && <span className="text-muted">{t('pinned')}</span>}
      </p>
      {backup.error && <p className="notice notice--danger mt-4">{errorWord(backup.error)}</p>}
      {good && (
        <div className="mt-4 flex flex-wrap gap-2">
          {mayWrite && (
            <Link to={`/backup/${backup.id}/restore`} className="button button--primary">
              <ArrowUturnLeft className="size-4" />
              {t('restore')}
            </Link>
          )}
          <Button variant="outline" onPress={() => void verbs.download(backup)}>
            <ArrowDownTray />
            {t('download')}
          </Button>
        </div>
      )}
      <dl className="backup-facts">
        <Fact name={t('by')}>{backup.kind === 'scheduled' ? t('nobody') : backup.requestedBy.name}</Fact>
        {backup.size !== null && <Fact name={t('size')}>{writeSize(backup.size, locale)}</Fact>}
        {backup.formats.length > 0 && (
          <Fact name={t('formats')}>{backup.formats.map(format => t(`formatNames.${format}`)).join(', ')}</Fact>
        )}
        {good && <Fact name={t('files')}>{number(backup.fileCount)}</Fact>}
        {backup.expiresAt && (
          <Fact name={t('keptUntil')}>
            {backup.pinned ? t('keptForever') : <Moment at={backup.expiresAt} time={false} />}
          </Fact>
        )}
        {backup.sha256 && (
          <Fact name={t('hash')}>
            <code className="select-all break-all font-mono text-2xs">{backup.sha256}</code>
          </Fact>
        )}
      </dl>
      {good && (
        <table className="backup-counts">
          <thead>
            <tr>
              <th scope="col">{t('list')}</th>
              <th scope="col">{t('records')}</th>
            </tr>
          </thead>
          <tbody>
            {held.lists.map(([noun, count]) => (
              <tr key={noun}>
                <td>{nameOf(noun)}</td>
                <td>{number(count)}</td>
              </tr>
            ))}
            {held.others > 0 && (
              <tr>
                <td>{t('others')}</td>
                <td>{number(held.others)}</td>
              </tr>
            )}
          </tbody>
        </table>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
