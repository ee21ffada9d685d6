import { Link } from 'react-router';
import { useFormatter, useTranslations } from 'use-intl';
import type { Noun } from '../../records/noun';
import type { ImportRun } from '../contract';
import { rowName } from './plan';
import { useRowsLeft } from './runs';

/** How the undoing went: what was taken back, and what was left because somebody needs it. */
export function UndoReport({ noun, run, undo }: { noun: Noun; run: ImportRun; undo: NonNullable<ImportRun['undo']> }) {
  const t = useTranslations('import');
  const { number } = useFormatter();
  return (
    <section className="notice" aria-label={t('undone')}>
      <p className="font-medium">{t('undone')}</p>
      <p>{t('undoResult.reversed', { count: undo.reversed, number: number(undo.reversed) })}</p>
      {(['kept', 'blocked'] as const)
        .filter(outcome => undo[outcome] > 0)
        .map(outcome => (
          <div key={outcome} className="mt-2">
            <p>{t(`undoResult.${outcome}`, { count: undo[outcome], number: number(undo[outcome]) })}</p>
            <Left noun={noun} run={run} outcome={outcome} />
          </div>
        ))}
    </section>
  );
}

function Left({ noun, run, outcome }: { noun: Noun; run: ImportRun; outcome: 'kept' | 'blocked' }) {
  const t = useTranslations('import');
  const { data } = useRowsLeft(run.id, outcome);
  const fields = run.columns.flatMap(column => column.field ?? []);
  if (!data) return null;
  return (
    <ul>
      {data.items.map(row => (
        <li key={row.n}>
          {row.recordId ? (
            <Link to={`${noun.nav.path}/${row.recordId}`} className="text-link hover:underline">
              {rowName(row, fields)}
            </Link>
          ) : (
            rowName(row, fields)
          )}
          {row.undoReason && <span className="text-muted"> {row.undoReason}</span>}
        </li>
      ))}
      {data.total > data.items.length && (
        <li className="text-muted">{t('andMore', { count: data.total - data.items.length })}</li>
      )}
    </ul>
  );
}
