import { Popover } from '@heroui/react/popover';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslations } from 'use-intl';
import { usePhone } from '../media';
import { placeCells, writeCells } from './clipboard';
import { DateEditor } from './DateEditor';
import { readDay } from './readDay';
import { StageRow } from './StageRow';
import {
  extendTo,
  focusOn,
  isOne,
  isSelected,
  type Place,
  placesOf,
  type Selection,
  start,
  toggle,
  within,
} from './selection';
import type { StageChange, StageColumn, StageSpot } from './stage';
import { stageCommand } from './stageKeys';

export interface StageGridProps<Row> {
  label: string;
  rows: readonly Row[];
  rowId: (row: Row) => string;
  rowName: (row: Row) => string;
  /** The first column, which stays in sight. */
  lead: { name: string; draw: (row: Row) => ReactNode; href?: (row: Row) => string };
  columns: readonly StageColumn<Row>[];
  /** Today's civil date. */
  today: string;
  onOpen: (row: Row) => void;
  openedId?: string | undefined;
  /** Without it the grid is only read. */
  onSet?: ((changes: StageChange<Row>[]) => void) | undefined;
  /** Cells of a paste that no date could be read from. */
  onUnread?: (count: number) => void;
  /** What can be done with several selected cells; stands under them. */
  bar?: (spots: readonly StageSpot<Row>[], clear: () => void) => ReactNode;
}

const height = 36;
const leadWidth = { wide: 280, phone: 148 };
const cellWidth = 148;

/**
 * Rows against stages: a cell for every pair, with a state in colour and words. Cells are selected as in a spreadsheet,
 * typed into, copied and pasted; the grid keeps the focus and points at the cell.
 */
export function StageGrid<Row>(props: StageGridProps<Row>) {
  const { rows, columns, rowId, onSet } = props;
  const t = useTranslations('ui');
  const phone = usePhone();
  const ownId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const pulling = useRef(false);
  const [kept, setSelection] = useState<Selection>(start);
  const [hasFocus, setHasFocus] = useState(false);
  const [editing, setEditing] = useState<{ typed: string } | null>(null);
  const size = { rows: rows.length, columns: columns.length + 1 };
  const selection = within(kept, size);

  // What is selected are cells of certain rows; in another order the same places mean others.
  const order = useMemo(() => rows.map(rowId).join(' '), [rows, rowId]);
  const shown = useRef(order);
  useEffect(() => {
    if (shown.current === order) return;
    shown.current = order;
    setSelection(before => focusOn(before.focus));
    setEditing(null);
  }, [order]);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    scrollPaddingStart: 34,
    useFlushSync: false,
  });
  const lead = phone ? leadWidth.phone : leadWidth.wide;
  // Dates share what is left, so that their states are read; everything else keeps its width.
  const template = [
    `minmax(${lead}px, 1.5fr)`,
    ...columns.map(one =>
      one.edit === 'date' ? `minmax(${one.width ?? cellWidth}px, 1fr)` : `${one.width ?? cellWidth}px`,
    ),
  ].join(' ');
  const minimum = columns.reduce((sum, one) => sum + (one.width ?? cellWidth), lead);

  const spots = useMemo(
    () =>
      placesOf(selection).flatMap(({ row, column }): StageSpot<Row>[] => {
        const [one, stage] = [rows[row], columns[column - 1]];
        return one !== undefined && stage !== undefined ? [{ row: one, column: stage }] : [];
      }),
    [selection, rows, columns],
  );
  const editable = onSet ? spots.filter(spot => spot.column.edit && (spot.column.mayEdit?.(spot.row) ?? true)) : [];
  const focused = columns[selection.focus.column - 1];

  function change(next: Selection, scroll = true) {
    setSelection(next);
    if (!scroll) return;
    virtual.scrollToIndex(next.focus.row, { align: 'auto' });
    showColumn(scroller.current, next.focus.column, columns, lead);
  }

  function edit(typed: string) {
    const row = rows[selection.focus.row];
    if (row === undefined) return;
    if (!focused) return props.onOpen(row);
    if (!onSet || !focused.edit || focused.mayEdit?.(row) === false) return;
    if (typed !== '' && focused.edit !== 'date') return;
    setEditing({ typed });
  }

  /** Gives the same text to every selected date; each reads it from where it stands. */
  function setDates(text: string) {
    const relative = /^\s*[+-]/.test(text);
    const changes = editable.flatMap(({ row, column }): StageChange<Row>[] => {
      if (column.edit !== 'date') return [];
      const { value } = column.cell(row);
      if (text === '') return value === null ? [] : [{ row, column: column.id, value: null }];
      // Shifting many dates makes none where there was none; in one empty cell, days count from the stage before.
      if (relative && value === null && editable.length > 1) return [];
      const next = readDay(text, value ?? nearOf(row, column, columns, props.today), props.today);
      return next === null || next === value ? [] : [{ row, column: column.id, value: next }];
    });
    if (changes.length > 0) onSet?.(changes);
  }

  function close() {
    setEditing(null);
    scroller.current?.focus({ preventScroll: true });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== scroller.current || event.altKey) return;
    const key = { key: event.key, shift: event.shiftKey, command: event.metaKey || event.ctrlKey };
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 2);
    const command = stageCommand(key, selection.focus, size, page);
    if (command === null) return;
    if (command.kind === 'one' && isOne(selection)) return;
    event.preventDefault();
    event.stopPropagation();
    switch (command.kind) {
      case 'go':
        return change(command.extend ? extendTo(selection, command.to) : focusOn(command.to));
      case 'edit':
        return edit('');
      case 'type':
        return edit(command.text);
      case 'clear':
        return setDates('');
      case 'all':
        return change(
          { focus: { row: size.rows - 1, column: size.columns - 1 }, anchor: { row: 0, column: 1 }, added: new Set() },
          false,
        );
      case 'one':
        return change(focusOn(selection.focus));
    }
  }

  function onPointerDown(event: PointerEvent) {
    const place = placeOf(event.target);
    if (!place || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey) event.preventDefault();
    const next =
      event.metaKey || event.ctrlKey
        ? toggle(selection, place)
        : event.shiftKey
          ? extendTo(selection, place)
          : focusOn(place);
    change(next, false);
    pulling.current = event.pointerType !== 'touch' && place.column > 0;
    scroller.current?.focus({ preventScroll: true });
  }

  function onPointerMove(event: PointerEvent) {
    if (!pulling.current || event.buttons !== 1) return;
    const place = placeOf(event.target);
    if (place && (place.row !== kept.focus.row || place.column !== kept.focus.column))
      setSelection(before => extendTo(before, place));
  }

  function onCopy(event: ClipboardEvent) {
    if (event.target !== scroller.current) return;
    event.preventDefault();
    event.clipboardData.setData(
      'text/plain',
      writeCells(selection, ({ row, column }) => {
        const one = rows[row];
        if (one === undefined) return '';
        return columns[column - 1]?.cell(one).value ?? (column === 0 ? props.rowName(one) : '');
      }),
    );
  }

  function onPaste(event: ClipboardEvent) {
    if (event.target !== scroller.current || !onSet) return;
    event.preventDefault();
    let unread = 0;
    const changes: StageChange<Row>[] = [];
    for (const { row: at, column: place, text } of placeCells(
      event.clipboardData.getData('text/plain'),
      selection,
      size,
    )) {
      const [row, column] = [rows[at], columns[place - 1]];
      if (row === undefined || column?.edit !== 'date' || column.mayEdit?.(row) === false) continue;
      const { value } = column.cell(row);
      const next =
        text.trim() === '' || /^\s*[+-]/.test(text)
          ? null
          : readDay(text, value ?? nearOf(row, column, columns, props.today), props.today);
      if (next === null && text.trim() !== '') unread++;
      else if (next !== value) changes.push({ row, column: column.id, value: next });
    }
    if (changes.length > 0) onSet(changes);
    if (unread > 0) props.onUnread?.(unread);
  }

  const items = virtual.getVirtualItems();
  const here = `${ownId}-${selection.focus.row}-${selection.focus.column}`;
  const inSight = items.some(item => item.index === selection.focus.row);
  const values = new Set(
    editable.filter(spot => spot.column.id === focused?.id).map(spot => spot.column.cell(spot.row).value),
  );
  const common = values.size === 1 ? ([...values][0] ?? null) : null;
  const focusedRow = rows[selection.focus.row];
  return (
    <div className="stage-grid__frame">
      <div
        ref={scroller}
        role="grid"
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        aria-colcount={size.columns}
        aria-multiselectable="true"
        aria-readonly={onSet === undefined || undefined}
        aria-activedescendant={hasFocus && inSight ? here : undefined}
        tabIndex={0}
        className="stage-grid"
        data-slot="stage-grid"
        onKeyDown={onKeyDown}
        onFocus={event => setHasFocus(event.target === scroller.current)}
        onBlur={() => setHasFocus(false)}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          pulling.current = false;
        }}
        onDoubleClick={event => placeOf(event.target) && edit('')}
        onCopy={onCopy}
        onPaste={onPaste}
      >
        <div role="presentation" style={{ minWidth: minimum }}>
          <div role="rowgroup" className="stage-head">
            <div role="row" aria-rowindex={1} className="stage-head__row" style={{ gridTemplateColumns: template }}>
              <div role="columnheader" aria-colindex={1} className="stage-head__lead">
                {props.lead.name}
              </div>
              {columns.map((column, place) => (
                <div key={column.id} role="columnheader" aria-colindex={place + 2} className="stage-head__cell">
                  <span className="truncate">{column.name}</span>
                </div>
              ))}
            </div>
          </div>
          <div role="rowgroup" className="data-grid__rows" style={{ height: virtual.getTotalSize() }}>
            {items.map(item => {
              const row = rows[item.index];
              if (row === undefined) return null;
              const chosen = Array.from({ length: size.columns }, (_, column) => column).filter(
                column => !isOne(selection) && isSelected(selection, { row: item.index, column }),
              );
              return (
                <StageRow
                  key={rowId(row)}
                  gridId={ownId}
                  index={item.index}
                  y={item.start}
                  height={height}
                  template={template}
                  row={row}
                  columns={columns}
                  lead={props.lead.draw(row)}
                  href={props.lead.href?.(row)}
                  selected={chosen.join(' ')}
                  focused={item.index === selection.focus.row ? selection.focus.column : null}
                  opened={rowId(row) === props.openedId}
                />
              );
            })}
          </div>
        </div>
      </div>
      {editing && focused && focusedRow !== undefined && (
        <Popover isOpen onOpenChange={open => !open && close()}>
          <Popover.Content
            placement="bottom start"
            triggerRef={{ current: document.getElementById(here) }}
            className="stage-popover"
          >
            <Popover.Dialog aria-label={`${focused.name}: ${props.rowName(focusedRow)}`} className="p-0">
              <p className="stage-popover__title">
                {editable.length > 1
                  ? t('cells', { count: editable.length })
                  : `${props.rowName(focusedRow)} · ${focused.name}`}
              </p>
              {typeof focused.edit === 'function' ? (
                <focused.edit
                  rows={editable.filter(spot => spot.column.id === focused.id).map(spot => spot.row)}
                  value={common}
                  onClose={close}
                  onSet={value => {
                    const changes = editable
                      .filter(spot => spot.column.id === focused.id)
                      .map(spot => ({ row: spot.row, column: focused.id, value }));
                    close();
                    onSet?.(changes);
                  }}
                />
              ) : (
                <DateEditor
                  label={focused.name}
                  typed={editing.typed}
                  value={common}
                  near={nearOf(focusedRow, focused, columns, props.today)}
                  today={props.today}
                  onSet={text => {
                    close();
                    setDates(text);
                  }}
                />
              )}
            </Popover.Dialog>
          </Popover.Content>
        </Popover>
      )}
      {!isOne(selection) && spots.length > 1 && props.bar?.(spots, () => change(focusOn(selection.focus), false))}
    </div>
  );
}

/** The date a typed day or month is read from when the cell has none: that of the stage before it. */
function nearOf<Row>(row: Row, column: StageColumn<Row>, columns: readonly StageColumn<Row>[], today: string): string {
  let near = today;
  for (const one of columns) {
    if (one.edit !== 'date') continue;
    const { value } = one.cell(row);
    if (value !== null) near = value;
    if (one.id === column.id) break;
  }
  return near;
}

function placeOf(target: EventTarget): Place | null {
  const text = target instanceof Element ? target.closest<HTMLElement>('[data-place]')?.dataset.place : undefined;
  if (text === undefined) return null;
  const [row = 0, column = 0] = text.split(' ').map(Number);
  return { row, column };
}

/** Scrolls sideways until a column is not behind the first one or the edge. */
function showColumn<Row>(
  scroller: HTMLElement | null,
  column: number,
  columns: readonly StageColumn<Row>[],
  lead: number,
) {
  if (!scroller || column === 0) return;
  const header = scroller.querySelectorAll<HTMLElement>('[role=columnheader]')[column];
  if (!header) return;
  const left = header.offsetLeft - lead;
  const right = header.offsetLeft + header.offsetWidth - scroller.clientWidth;
  if (scroller.scrollLeft > left) scroller.scrollLeft = column === 1 ? 0 : left;
  else if (scroller.scrollLeft < right) scroller.scrollLeft = column === columns.length ? scroller.scrollWidth : right;
}
