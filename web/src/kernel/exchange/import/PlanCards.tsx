import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { StateDot } from '@/ui/parts/StateDot';
import { fieldWord, useWords } from '../../records/words';
import type { ImportRow } from '../contract';
import { CellEditor } from './CellEditor';
import { cellText, cellWord } from './cellWords';
import type { PlanProps } from './PlanRows';
import { actionTones } from './PlanTabs';
import { cellOf, rowName } from './plan';
import { RowMenu } from './RowMenu';
import { hasNotes, RowNotes } from './RowNotes';

/** The rows on a phone: what matters of each, and all of its values when asked. */
export function PlanCards(props: PlanProps) {
  return (
    <ul className="plan-cards">
      {props.rows.map(row => (
        <Card key={row.n} {...props} row={row} />
      ))}
    </ul>
  );
}

function Card({ noun, run, row, fields, fix }: PlanProps & { row: ImportRow }) {
  const t = useTranslations('import');
  const words = useWords(noun);
  const [all, setAll] = useState(false);
  const [editing, setEditing] = useState<string | null>(null);
  const shown = fields.filter(field => {
    const cell = cellOf(row, field);
    return all || cell.wrong || cell.changed;
  });
  return (
    <li className="plan-card">
      <div className="flex items-center gap-2">
        <span className="text-muted text-xs tabular-nums">{t('rowN', { n: row.n })}</span>
        <StateDot tone={actionTones[row.action]}>{t(`actions.${row.action}`)}</StateDot>
        <span className="ms-auto">
          <RowMenu noun={noun} row={row} name={rowName(row, fields)} fix={fix} />
        </span>
      </div>
      <p className="truncate font-medium text-base">{rowName(row, fields)}</p>
      {shown.length > 0 && (
        <dl className="plan-card__values">
          {shown.map(field => {
            const cell = cellOf(row, field);
            const text = cellWord(noun, words, field, cell.text);
            return (
              <div key={field}>
                <dt>{fieldWord(words, field)}</dt>
                <dd>
                  {editing === field ? (
                    <CellEditor
                      label={fieldWord(words, field)}
                      text={text}
                      onDone={typed => {
                        setEditing(null);
                        if (typed !== null && typed !== text)
                          void fix(row, { values: { [field]: cellText(noun, words, field, typed) } });
                      }}
                    />
                  ) : (
                    <button type="button" className="plan-card__value" onClick={() => setEditing(field)}>
                      <span className="sr-only">{t('editCell', { field: fieldWord(words, field) })}</span>
                      {cell.changed && (
                        <del className="diff-removed">
                          {cellWord(noun, words, field, cell.before ?? '') || t('empty')}
                        </del>
                      )}{' '}
                      {cell.changed ? <ins className="diff-added">{text || t('empty')}</ins> : text || t('empty')}
                    </button>
                  )}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
      {hasNotes(row) && <RowNotes noun={noun} run={run} row={row} fields={fields} fix={fix} />}
      <button type="button" className="front-link" aria-expanded={all} onClick={() => setAll(!all)}>
        {t(all ? 'fewerValues' : 'allValues')}
      </button>
    </li>
  );
}
