import EyeIcon from '@heroicons/react/16/solid/EyeIcon';
import MinusIcon from '@heroicons/react/16/solid/MinusIcon';
import NoSymbol from '@heroicons/react/16/solid/NoSymbolIcon';
import PencilIcon from '@heroicons/react/16/solid/PencilIcon';
import { Popover } from '@heroui/react/popover';
import { type KeyboardEvent, memo, type ReactNode, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from '../classes';
import { type CellSetting, matrixCommand } from './matrixKeys';

export interface MatrixCell {
  /** What the person has now. */
  level: 'none' | 'read' | 'write';
  /** How it came about: by the role, or set for this person. */
  setting: CellSetting;
  /** Set although the role says the same. */
  pinned: boolean;
  /** Being saved. */
  pending?: boolean;
  /** Can't be changed, and why. */
  locked?: string | undefined;
}

export interface MatrixHead {
  id: string;
  name: string;
  head?: ReactNode;
  hint?: string;
}

interface AccessMatrixProps {
  label: string;
  rowsLabel: string;
  rows: readonly MatrixHead[];
  columns: readonly MatrixHead[];
  cell: (rowId: string, columnId: string) => MatrixCell;
  onSet?: (rowId: string, columnId: string, setting: CellSetting) => void;
  /** Drawn in the cell's popover: why it is as it is. */
  why: (rowId: string, columnId: string) => ReactNode;
}

const icons = { none: MinusIcon, read: EyeIcon, write: PencilIcon };
const settings: readonly CellSetting[] = ['inherit', 'read', 'write', 'deny'];

/** People × pages. One tab stop; arrows move, R W N set, I gives back to the role, Space goes round, Enter explains. */
export function AccessMatrix(props: AccessMatrixProps) {
  const { rows, columns, onSet } = props;
  const t = useTranslations('ui');
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState({ row: 0, column: 0 });
  const [opened, setOpened] = useState<{ row: number; column: number } | null>(null);
  const focus = { row: Math.min(at.row, rows.length - 1), column: Math.min(at.column, columns.length - 1) };

  function onKeyDown(event: KeyboardEvent) {
    const [row, column] = [rows[focus.row], columns[focus.column]];
    if (!row || !column || event.metaKey || event.ctrlKey || event.altKey) return;
    const cell = props.cell(row.id, column.id);
    const command = matrixCommand(event.key, {
      ...focus,
      rows: rows.length,
      columns: columns.length,
      setting: cell.setting,
      readOnly: !onSet || cell.locked !== undefined,
    });
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    if (command.kind === 'focus') {
      setAt(command);
      table.current?.querySelector<HTMLElement>(`[data-cell="${command.row}-${command.column}"]`)?.focus();
    } else if (command.kind === 'set') onSet?.(row.id, column.id, command.setting);
    else setOpened(focus);
  }

  const target = opened && table.current?.querySelector<HTMLElement>(`[data-cell="${opened.row}-${opened.column}"]`);
  const [openedRow, openedColumn] = opened ? [rows[opened.row], columns[opened.column]] : [];
  return (
    <div className="matrix">
      <table ref={table} role="grid" aria-label={props.label} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th scope="col" className="matrix__corner">
              {props.rowsLabel}
            </th>
            {columns.map(column => (
              <th key={column.id} scope="col">
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <tr key={row.id}>
              <th scope="row">{row.head ?? row.name}</th>
              {columns.map((column, c) => (
                <Cell
                  key={column.id}
                  place={`${r}-${c}`}
                  name={`${column.name}, ${row.name}`}
                  {...props.cell(row.id, column.id)}
                  focusable={r === focus.row && c === focus.column}
                  onPress={() => {
                    setAt({ row: r, column: c });
                    setOpened({ row: r, column: c });
                  }}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {opened && openedRow && openedColumn && (
        <Popover isOpen onOpenChange={open => !open && setOpened(null)}>
          <Popover.Content placement="bottom" triggerRef={{ current: target ?? null }} className="w-72">
            <Popover.Dialog aria-label={`${openedColumn.name}, ${openedRow.name}`} className="p-3">
              <h3 className="font-semibold text-sm">
                {openedRow.name} · {openedColumn.name}
              </h3>
              {onSet && (
                <Settings
                  cell={props.cell(openedRow.id, openedColumn.id)}
                  onSet={setting => onSet(openedRow.id, openedColumn.id, setting)}
                />
              )}
              <div className="mt-3 border-border border-t pt-3 text-sm">{props.why(openedRow.id, openedColumn.id)}</div>
              <span className="sr-only">{t('close')}</span>
            </Popover.Dialog>
          </Popover.Content>
        </Popover>
      )}
    </div>
  );
}

function Settings({ cell, onSet }: { cell: MatrixCell; onSet: (setting: CellSetting) => void }) {
  const t = useTranslations('ui');
  if (cell.locked) return <p className="mt-1 text-muted text-xs">{cell.locked}</p>;
  return (
    <div role="radiogroup" aria-label={t('access')} className="mt-2 grid grid-cols-4 gap-1">
      {settings.map(setting => (
        <button
          key={setting}
          type="button"
          role="radio"
          aria-checked={cell.setting === setting}
          className={classes('matrix__choice', cell.setting === setting && 'matrix__choice--on')}
          onClick={() => onSet(setting)}
        >
          {t(`settings.${setting}`)}
        </button>
      ))}
    </div>
  );
}

const Cell = memo(function Cell(
  props: MatrixCell & { place: string; name: string; focusable: boolean; onPress: () => void },
) {
  const t = useTranslations('ui');
  const Icon = props.setting === 'deny' ? NoSymbol : icons[props.level];
  const word = t(`level.${props.level}`);
  const own = props.setting !== 'inherit';
  return (
    <td className="matrix__cell">
      <button
        type="button"
        data-cell={props.place}
        tabIndex={props.focusable ? 0 : -1}
        aria-busy={props.pending || undefined}
        className={classes(
          'matrix__level',
          `matrix__level--${props.level}`,
          own && 'matrix__level--own',
          props.pending && 'matrix__level--pending',
        )}
        onClick={props.onPress}
      >
        <Icon className="size-3.5 flex-none" />
        <span>{word}</span>
        {props.pinned && <span className="matrix__pin">{t('pinned')}</span>}
        <span className="sr-only">
          , {props.name}, {t(own ? 'setForPerson' : 'byRole')}
        </span>
      </button>
    </td>
  );
});
