import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from '@/ui/classes';
import { StateDot } from '@/ui/parts/StateDot';
import { fieldWord, useWords } from '../../records/words';
import type { ImportRow } from '../contract';
import { CellEditor } from './CellEditor';
import { cellText, cellWord } from './cellWords';
import type { PlanProps } from './PlanRows';
import { actionTones } from './PlanTabs';
import { cellOf, type GridMove, moveIn, rowName } from './plan';
import { RowMenu } from './RowMenu';
import { hasNotes, RowNotes } from './RowNotes';

/** The rows as a sheet: arrows move, Enter edits a cell, and what is wrong stands under its row. */
export function PlanGrid({ noun, run, rows, fields, fix }: PlanProps) {
  const t = useTranslations('import');
  const words = useWords(noun);
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<GridMove>({ row: 0, column: 0 });
  const [editing, setEditing] = useState(false);
  const here = { row: Math.min(at.row, rows.length - 1), column: at.column };
  const inside = useRef(false);
  const follow = useRef(false);

  // The focus stays in the grid when a mended row leaves it and the next one takes its place.
  useEffect(() => {
    const lost = inside.current && document.activeElement === document.body;
    if (editing || !(follow.current || lost)) return;
    follow.current = false;
    table.current?.querySelector<HTMLElement>('[data-cell][tabindex="0"]')?.focus();
  });

  function onKeyDown(event: KeyboardEvent) {
    if (editing || !(event.target instanceof HTMLElement) || event.target.dataset.cell === undefined) return;
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const next = moveIn(event.key, here, rows.length, fields.length);
    if (next) {
      event.preventDefault();
      follow.current = true;
      setAt(next);
    } else if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault();
      setEditing(true);
    }
  }

  async function commit(row: ImportRow, field: string, text: string | null) {
    follow.current = true;
    setEditing(false);
    if (text === null || text === cellWord(noun, words, field, row.values[field] ?? '')) return;
    await fix(row, { values: { [field]: cellText(noun, words, field, text) } });
  }

  return (
    <table
      ref={table}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are reached by arrows is a grid
      role="grid"
      aria-label={t('plan')}
      className="plan-grid"
      onKeyDown={onKeyDown}
      onFocus={() => {
        inside.current = true;
      }}
      onBlur={({ target }) => {
        // What is taken off the page loses the focus without anybody having gone elsewhere.
        setTimeout(() => {
          if (target.isConnected && !table.current?.contains(document.activeElement)) inside.current = false;
        });
      }}
    >
      <thead>
        <tr>
          <th scope="col" className="plan-grid__n">
            {t('rowNumber')}
          </th>
          <th scope="col" className="plan-grid__action">
            {t('whatHappens')}
          </th>
          {fields.map(field => (
            <th key={field} scope="col">
              {fieldWord(words, field)}
            </th>
          ))}
          <th scope="col" className="plan-grid__menu">
            <span className="sr-only">{t('rowMenu')}</span>
          </th>
        </tr>
      </thead>
      {rows.map((row, place) => (
        <tbody key={row.n} data-action={row.action}>
          <tr>
            <th scope="row" className="plan-grid__n">
              {row.n}
            </th>
            <td className="plan-grid__action">
              <StateDot tone={actionTones[row.action]}>{t(`actions.${row.action}`)}</StateDot>
            </td>
            {fields.map((field, column) => {
              const cell = cellOf(row, field);
              const current = here.row === place && here.column === column;
              const text = cellWord(noun, words, field, cell.text);
              const name = `${fieldWord(words, field)}: ${text}`;
              if (current && editing) {
                return (
                  <td key={field} className="plan-grid__cell plan-grid__cell--editing">
                    <CellEditor label={name} text={text} onDone={typed => void commit(row, field, typed)} />
                  </td>
                );
              }
              return (
                <td
                  key={field}
                  data-cell=""
                  tabIndex={current ? 0 : -1}
                  aria-invalid={cell.wrong || undefined}
                  className={classes(
                    'plan-grid__cell',
                    cell.wrong && 'plan-grid__cell--wrong',
                    cell.changed && 'plan-grid__cell--changed',
                  )}
                  onFocus={() => setAt({ row: place, column })}
                  onDoubleClick={() => setEditing(true)}
                >
                  {cell.changed && (
                    <del className="diff-removed">{cellWord(noun, words, field, cell.before ?? '') || t('empty')}</del>
                  )}
                  {cell.changed ? <ins className="diff-added">{text || t('empty')}</ins> : text}
                </td>
              );
            })}
            <td className="plan-grid__menu">
              <RowMenu noun={noun} row={row} name={rowName(row, fields)} fix={fix} />
            </td>
          </tr>
          {hasNotes(row) && (
            <tr className="plan-grid__notes">
              <td colSpan={fields.length + 3}>
                <RowNotes noun={noun} run={run} row={row} fields={fields} fix={fix} />
              </td>
            </tr>
          )}
        </tbody>
      ))}
    </table>
  );
}
