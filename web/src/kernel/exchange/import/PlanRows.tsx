import { type ReactNode, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { usePhone } from '@/ui/media';
import { warn } from '@/ui/overlays/notify';
import { isProblem } from '../../http/problem';
import type { Noun } from '../../records/noun';
import type { ImportRow, ImportRun } from '../contract';
import { PlanCards } from './PlanCards';
import { PlanGrid } from './PlanGrid';
import { fixRow, type RowFix, rereadRows } from './runs';

export interface PlanProps {
  noun: Noun;
  run: ImportRun;
  rows: readonly ImportRow[];
  /** Fields of the file, in its order. */
  fields: readonly string[];
  fix: (row: ImportRow, fix: RowFix) => Promise<void>;
}

/** Rows of a dry run: a grid at a desk, cards on a phone. */
export function PlanRows(props: {
  noun: Noun;
  run: ImportRun;
  rows: readonly ImportRow[];
  stale: boolean;
  more: ReactNode;
}) {
  const { noun, run, rows } = props;
  const t = useTranslations('import');
  const phone = usePhone();
  const said = useRef<HTMLDivElement>(null);
  const fields = run.columns.flatMap(column => {
    const field = run.mapping ? run.mapping.columns[column.header] : column.field;
    return field == null ? [] : [field];
  });

  async function fix(row: ImportRow, wish: RowFix) {
    try {
      const next = await fixRow(run.id, row.n, wish);
      if (said.current) said.current.textContent = t(`fixed.${next.action}`, { n: row.n });
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(t('fixFailed'), error.sentence);
      return;
    }
    await rereadRows(run.id);
  }

  const Rows = phone ? PlanCards : PlanGrid;
  return (
    <>
      <div ref={said} role="status" className="sr-only" />
      <section className="plan" aria-label={t('plan')} aria-busy={props.stale} tabIndex={phone ? 0 : -1}>
        <Rows noun={noun} run={run} rows={rows} fields={fields} fix={fix} />
        {props.more && <div className="p-3 text-center">{props.more}</div>}
      </section>
    </>
  );
}
