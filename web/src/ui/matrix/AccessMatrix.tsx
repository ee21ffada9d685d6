import { type FocusEvent, type KeyboardEvent, type MouseEvent, memo, type ReactNode, useRef, useState } from 'react';
import { CellPopover } from './CellPopover';
import type { MatrixHead, MatrixRow } from './cell';
import { MatrixCellButton } from './MatrixCellButton';
import { type CellSetting, matrixCommand } from './matrixKeys';

/** What a row's head needs to be part of the grid's one tab stop. */
export interface HeadProps {
  'data-cell': string;
  excludeFromTabOrder: boolean;
}

interface AccessMatrixProps {
  label: string;
  rowsLabel: string;
  rows: readonly MatrixRow[];
  columns: readonly MatrixHead[];
  /** The person at the start of a row: a button that carries the given props. Stable between renders. */
  head: (rowId: string, props: HeadProps) => ReactNode;
  /** Left out for those who may only look. */
  onSet?: ((rowId: string, columnId: string, setting: CellSetting) => void) | undefined;
  /** The rest of a cell's popover: what more can be set, and why it is as it is. */
  details: (rowId: string, columnId: string) => ReactNode;
}

interface Place {
  row: number;
  column: number;
}

/**
 * People × pages. One tab stop; arrows move, R W N set, I gives back to the role, Space goes round, Enter opens. The
 * first column is the person, whose Enter opens a menu. On phones a person's cells stand below the name.
 */
export function AccessMatrix(props: AccessMatrixProps) {
  const { rows, columns, onSet } = props;
  const table = useRef<HTMLTableElement>(null);
  const trigger = useRef<HTMLElement>(null);
  const [at, setAt] = useState<Place>({ row: 0, column: 1 });
  const [opened, setOpened] = useState<{ row: string; column: string } | null>(null);
  const focus = {
    row: Math.max(0, Math.min(at.row, rows.length - 1)),
    column: Math.min(at.column, columns.length),
  };

  const button = (place: Place) =>
    table.current?.querySelector<HTMLElement>(`[data-cell="${place.row}-${place.column}"]`) ?? null;

  function open(place: Place) {
    const [row, column] = [rows[place.row], columns[place.column - 1]];
    if (!row || !column) return;
    trigger.current = button(place);
    setOpened({ row: row.id, column: column.id });
  }

  /** Where an event happened; null inside a menu or popover, whose events also come by here. */
  function placeOf(target: EventTarget): Place | null {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null;
    if (!cell || !table.current?.contains(cell)) return null;
    const [row = 0, column = 0] = (cell.dataset.cell ?? '').split('-').map(Number);
    return { row, column };
  }

  // On the way down: the person's menu would open on an arrow that means to move on.
  function onKeyDown(event: KeyboardEvent) {
    const focus = placeOf(event.target);
    if (!focus || event.metaKey || event.ctrlKey || event.altKey) return;
    const [row, column] = [rows[focus.row], columns[focus.column - 1]];
    const cell = column && row?.cells[column.id];
    const command = matrixCommand(event.key, {
      ...focus,
      rows: rows.length,
      columns: columns.length + 1,
      setting: cell?.setting ?? 'inherit',
      readOnly: !onSet || !cell,
    });
    // Enter on a person is the menu's own.
    if (!command || (command.kind === 'open' && !cell)) return;
    event.preventDefault();
    event.stopPropagation();
    if (command.kind === 'focus') {
      setAt(command);
      button(command)?.focus();
    } else if (command.kind === 'open') open(focus);
    else if (row && column) onSet?.(row.id, column.id, command.setting);
  }

  function onFocus(event: FocusEvent) {
    const place = placeOf(event.target);
    if (place) setAt(place);
  }

  function onClick(event: MouseEvent) {
    const place = placeOf(event.target);
    if (place && place.column > 0) open(place);
  }

  const openedRow = rows.find(row => row.id === opened?.row);
  const openedColumn = columns.find(column => column.id === opened?.column);
  const openedCell = openedColumn && openedRow?.cells[openedColumn.id];
  return (
    <div className="matrix">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are caught on their way down */}
      <table
        ref={table}
        role="grid"
        aria-label={props.label}
        onKeyDownCapture={onKeyDown}
        onFocus={onFocus}
        onClick={onClick}
      >
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" className="matrix__corner">
              {props.rowsLabel}
            </th>
            {columns.map(column => (
              <th key={column.id} role="columnheader" scope="col" title={column.name}>
                <span className="line-clamp-2">{column.name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row, r) => (
            <Row
              key={row.id}
              row={row}
              at={r}
              columns={columns}
              head={props.head}
              focused={r === focus.row ? focus.column : null}
              opened={opened?.row === row.id ? opened.column : null}
            />
          ))}
        </tbody>
      </table>
      {opened && openedRow && openedColumn && openedCell && (
        <CellPopover
          title={`${openedRow.name} · ${openedColumn.name}`}
          cell={openedCell}
          trigger={trigger}
          onSet={onSet && (setting => onSet(opened.row, opened.column, setting))}
          onClose={() => {
            setOpened(null);
            trigger.current?.focus();
          }}
        >
          {props.details(opened.row, opened.column)}
        </CellPopover>
      )}
    </div>
  );
}

const Row = memo(function Row(props: {
  row: MatrixRow;
  at: number;
  columns: readonly MatrixHead[];
  head: AccessMatrixProps['head'];
  focused: number | null;
  opened: string | null;
}) {
  const { row } = props;
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        {props.head(row.id, { 'data-cell': `${props.at}-0`, excludeFromTabOrder: props.focused !== 0 })}
      </th>
      {props.columns.map((column, c) => {
        const cell = row.cells[column.id];
        return (
          <td key={column.id} role="gridcell" className="matrix__cell">
            {cell && (
              <MatrixCellButton
                cell={cell}
                place={`${props.at}-${c + 1}`}
                name={`${column.name}, ${row.name}`}
                page={column.name}
                focusable={props.focused === c + 1}
                opened={props.opened === column.id}
              />
            )}
          </td>
        );
      })}
    </tr>
  );
});
