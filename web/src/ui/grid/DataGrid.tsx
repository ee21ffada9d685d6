import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { usePhone } from '../media';
import { type GridColumn, type GridSort, gridMinimum, gridTemplate } from './columns';
import { GridHeader } from './GridHeader';
import { GridRow } from './GridRow';
import { gridCommand } from './gridKeys';

export interface DataGridProps<Row> {
  /** What the rows are, for screen readers. */
  label: string;
  columns: readonly GridColumn<Row>[];
  rowCount: number;
  /** Undefined while the row is on its way; a skeleton stands in. Keep the function stable. */
  rowAt: (index: number) => Row | undefined;
  rowId: (row: Row) => string;
  rowName: (row: Row) => string;
  href?: (row: Row) => string;
  onOpen: (row: Row) => void;
  /** First and last visible index, for loading what is looked at. */
  onRange?: (first: number, last: number) => void;
  sort?: GridSort | undefined;
  onSort?: (field: string) => void;
  selection?: { ids: ReadonlySet<string>; change: (ids: ReadonlySet<string>) => void };
  /** The row whose record is open beside the grid. */
  openedId?: string | undefined;
  menu?: (row: Row) => ReactNode;
  /** Keys the grid itself does not know, with the focused row. */
  onKey?: (key: string, row: Row) => boolean;
  dense?: boolean;
}

/** Browsers clip very tall elements; far before that nobody scrolls, people search. */
const tallest = 400_000;

/** A virtualised list of rows that works with the keyboard alone. The grid keeps the focus, rows are pointed at. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { columns, rowAt, rowId, selection, onRange, menu } = props;
  const phone = usePhone();
  const ownId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [focus, setFocus] = useState(0);
  const [hasFocus, setHasFocus] = useState(false);
  const anchor = useRef(0);
  const count = Math.min(props.rowCount, tallest);
  const height = phone ? 60 : props.dense ? 32 : 36;
  const focused = Math.max(0, Math.min(focus, count - 1));

  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
    scrollPaddingStart: phone ? 0 : 32,
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new height makes the kept measurements wrong
  useEffect(() => virtual.measure(), [height]);

  const items = virtual.getVirtualItems();
  const first = useDeferredValue(items[0]?.index ?? 0);
  const last = useDeferredValue(items.at(-1)?.index ?? 0);
  useEffect(() => onRange?.(first, last), [onRange, first, last]);

  const selectable = selection !== undefined;
  const [template, minimum] = useMemo(() => {
    const model = columns as readonly GridColumn<never>[];
    return [gridTemplate(model, selectable, menu !== undefined), gridMinimum(model, selectable, menu !== undefined)];
  }, [columns, selectable, menu]);

  const latest = useRef(selection);
  latest.current = selection;
  const choose = useCallback(
    (from: number, to: number, on: boolean) => {
      const current = latest.current;
      if (!current) return;
      const ids = new Set(current.ids);
      for (let index = Math.min(from, to); index <= Math.max(from, to); index++) {
        const row = rowAt(index);
        if (row === undefined) continue;
        if (on) ids.add(rowId(row));
        else ids.delete(rowId(row));
      }
      current.change(ids);
    },
    [rowAt, rowId],
  );
  const toggle = useCallback(
    (index: number, shift: boolean) => {
      const row = rowAt(index);
      const current = latest.current;
      if (row === undefined || !current) return;
      if (shift) choose(anchor.current, index, true);
      else choose(index, index, !current.ids.has(rowId(row)));
      anchor.current = index;
      setFocus(index);
    },
    [choose, rowAt, rowId],
  );

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== scroller.current || event.altKey) return;
    const row = rowAt(focused);
    const key = { key: event.key, shift: event.shiftKey, command: event.metaKey || event.ctrlKey };
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 2);
    const command = gridCommand(key, {
      row: focused,
      rows: count,
      page,
      selectable,
      selected: selection?.ids.size ?? 0,
    });
    if (command === null) {
      if (row !== undefined && !key.command && props.onKey?.(event.key, row)) event.preventDefault();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    switch (command.kind) {
      case 'focus':
        move(command.row);
        break;
      case 'extend':
        choose(command.from, command.to, true);
        move(command.to);
        break;
      case 'toggle':
        toggle(command.row, false);
        break;
      case 'open':
        if (row !== undefined) props.onOpen(row);
        break;
      case 'all':
        choose(0, count - 1, true);
        break;
      case 'clear':
        selection?.change(new Set());
        break;
    }
  }

  function move(row: number) {
    setFocus(row);
    virtual.scrollToIndex(row, { align: 'auto' });
  }

  const loaded = useMemo(() => {
    let all = count > 0 && selectable;
    for (let index = 0; all && index < count; index++) {
      const row = rowAt(index);
      if (row !== undefined && !selection?.ids.has(rowId(row))) all = false;
    }
    return all;
  }, [count, rowAt, rowId, selectable, selection]);

  const pointed = items.some(item => item.index === focused) ? `${ownId}-${focused}` : undefined;
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.rowCount + 1}
      aria-multiselectable={selectable || undefined}
      aria-activedescendant={hasFocus ? pointed : undefined}
      tabIndex={0}
      className="data-grid"
      data-slot="data-grid"
      onKeyDown={onKeyDown}
      onFocus={event => setHasFocus(event.target === scroller.current)}
      onBlur={() => setHasFocus(false)}
    >
      <div role="presentation" style={phone ? undefined : { minWidth: minimum }}>
        <GridHeader
          columns={columns}
          template={template}
          hidden={phone}
          menu={menu !== undefined}
          sort={props.sort}
          onSort={props.onSort}
          all={
            selection && {
              checked: loaded,
              mixed: !loaded && selection.ids.size > 0,
              toggle: () => (loaded ? selection.change(new Set()) : choose(0, count - 1, true)),
            }
          }
        />
        <div role="rowgroup" className="data-grid__rows" style={{ height: virtual.getTotalSize() }}>
          {items.map(item => {
            const row = rowAt(item.index);
            const id = row && rowId(row);
            return (
              <GridRow
                key={item.key}
                id={`${ownId}-${item.index}`}
                index={item.index}
                y={item.start}
                height={height}
                row={row}
                columns={columns}
                template={template}
                phone={phone}
                selectable={selectable}
                selected={id !== undefined && (selection?.ids.has(id) ?? false)}
                focused={hasFocus && item.index === focused}
                opened={id !== undefined && id === props.openedId}
                name={row ? props.rowName(row) : ''}
                href={row && props.href?.(row)}
                menu={menu}
                onToggle={toggle}
                onFocus={setFocus}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
