import { useFormatter, useTranslations } from 'use-intl';
import type { Noun } from '../../records/noun';
import type { ImportRun } from '../contract';

/** How the undoing went: what was taken back, and what was left because somebody needs it. */
export function UndoReport({ undo }: { noun: Noun; run: ImportRun; undo: NonNullable<ImportRun['undo']> }) {
  const t = useTranslations('import');
  const { number } = useFormatter();
  return (
    <section className="notice" aria-label={t('undone')}>
      <p className="font-medium">{t('undone')}</p>
      <ul className="text-sm">
        <li>{t('undoResult.reversed', { count: undo.reversed, number: number(undo.reversed) })}</li>
        {undo.kept > 0 && <li>{t('undoResult.kept', { count: undo.kept, number: number(undo.kept) })}</li>}
        {undo.blocked > 0 && <li>{t('undoResult.blocked', { count: undo.blocked, number: number(undo.blocked) })}</li>}
      </ul>
    </section>
  );
}
