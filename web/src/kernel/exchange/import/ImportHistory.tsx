import { Link } from 'react-router';
import { useFormatter, useTranslations } from 'use-intl';
import { Moment } from '@/ui/parts/Moment';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { StateDot, type Tone } from '@/ui/parts/StateDot';
import type { Noun } from '../../records/noun';
import type { ImportRun, ImportStatus } from '../contract';
import { exchangeName, importPath } from '../names';
import { useRuns } from './runs';

const tones: Record<ImportStatus, Tone> = {
  uploaded: 'amber',
  mapped: 'amber',
  validated: 'amber',
  running: 'blue',
  completed: 'green',
  failed: 'red',
  undone: 'grey',
};

/** Imports of a noun, newest first: those done, and those that wait to go on. */
export function ImportHistory({ noun }: { noun: Noun }) {
  const t = useTranslations('import');
  const { data, error } = useRuns(exchangeName(noun));
  return (
    <section aria-labelledby="import-history" className="tile">
      <header className="tile__head">
        <h2 id="import-history" className="tile__title">
          {t('history')}
        </h2>
      </header>
      {data ? (
        data.items.length === 0 ? (
          <p className="px-4 pb-4 text-muted text-sm">{t('noHistory')}</p>
        ) : (
          <ul className="pb-1">
            {data.items.map(run => (
              <li key={run.id}>
                <Link to={importPath(noun, run.id)} className="import-line">
                  <span className="min-w-0 truncate font-medium">{run.fileName}</span>
                  <StateDot tone={tones[run.status]}>{t(`status.${run.status}`)}</StateDot>
                  <span className="import-line__who">
                    {run.actor.name} · <Moment at={run.createdAt} />
                  </span>
                  <span className="import-line__counts">
                    <RunCounts run={run} />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )
      ) : error ? (
        <p className="px-4 pb-4 text-muted text-sm">{error.message}</p>
      ) : (
        <div className="px-4 pb-4">
          <SkeletonLines lines={3} />
        </div>
      )}
    </section>
  );
}

function RunCounts({ run }: { run: ImportRun }) {
  const t = useTranslations('import');
  const { number } = useFormatter();
  if (run.status !== 'completed' && run.status !== 'undone') return t('rows', { count: run.rows });
  return t('result', { create: number(run.counts.create), update: number(run.counts.update) });
}
