import { memo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { classes } from '../classes';
import { Checkmark } from '../parts/Checkmark';
import type { GridColumn } from './columns';

export interface GridRowProps<Row> {
  id: string;
  index: number;
  y: number;
  height: number;
  row: Row | undefined;
  columns: readonly GridColumn<Row>[];
  template: string;
  phone: boolean;
  selectable: boolean;
  selected: boolean;
  focused: boolean;
  opened: boolean;
  name: string;
  href: string | undefined;
  menu: ((row: Row) => ReactNode) | undefined;
  onToggle: (index: number, shift: boolean) => void;
  onFocus: (index: number) => void;
}

function Row<R>(props: GridRowProps<R>) {
  const { row, columns, index, phone } = props;
  const place = { transform: `translateY(${props.y}px)`, height: props.height };
  if (row === undefined) {
    return (
      <div role="row" aria-rowindex={index + 2} aria-busy="true" className="grid-row" style={place}>
        <div role="gridcell" className="grid-row__waiting">
          <span className="skeleton-bar" style={{ width: `${30 + ((index * 37) % 40)}%` }} />
        </div>
      </div>
    );
  }
  const state = classes(
    'grid-row group',
    props.selected && 'grid-row--selected',
    props.opened && 'grid-row--opened',
    props.focused && 'grid-row--focused',
    phone && 'grid-row--phone',
  );
  const check = props.selectable && (
    <div role="gridcell" className="grid-row__check">
      {/* Keys are the grid's: x and space tick the focused row, so the box itself is no tab stop. */}
      <Checkmark
        label={props.name}
        checked={props.selected}
        onToggle={shift => props.onToggle(index, shift)}
        tabIndex={-1}
      />
    </div>
  );
  return (
    <div
      role="row"
      id={props.id}
      aria-rowindex={index + 2}
      aria-selected={props.selectable ? props.selected : undefined}
      className={state}
      style={phone ? place : { ...place, gridTemplateColumns: props.template }}
      onPointerDown={() => props.onFocus(index)}
    >
      {check}
      {phone ? (
        <PhoneCard row={row} columns={columns} href={props.href} />
      ) : (
        columns.map((column, place) => (
          <div
            key={column.id}
            role={place === 0 ? 'rowheader' : 'gridcell'}
            className={classes(
              'grid-cell',
              column.align === 'end' && 'grid-cell--end',
              place === 0 && 'grid-cell--first',
            )}
          >
            {place === 0 && props.href ? (
              <Link to={props.href} className="grid-link" tabIndex={-1} preventScrollReset>
                {column.cell(row)}
              </Link>
            ) : (
              column.cell(row)
            )}
          </div>
        ))
      )}
      {props.menu && (
        <div role="gridcell" className="grid-row__menu">
          {props.menu(row)}
        </div>
      )}
    </div>
  );
}

function PhoneCard<R>({ row, columns, href }: { row: R; columns: readonly GridColumn<R>[]; href: string | undefined }) {
  const [title, ...rest] = columns;
  const aside = rest.filter(column => column.phone === 'aside');
  const meta = rest.filter(column => column.phone === 'meta');
  return (
    <div role="gridcell" className="phone-card">
      <div className="phone-card__line">
        <span className="phone-card__title">
          {href ? (
            <Link to={href} className="grid-link" tabIndex={-1} preventScrollReset>
              {title?.cell(row)}
            </Link>
          ) : (
            title?.cell(row)
          )}
        </span>
        {aside.map(column => (
          <span key={column.id} className="phone-card__aside">
            {(column.phoneCell ?? column.cell)(row)}
          </span>
        ))}
      </div>
      <div className="phone-card__line phone-card__line--meta">
        {meta.map(column => (
          <span key={column.id}>{(column.phoneCell ?? column.cell)(row)}</span>
        ))}
      </div>
    </div>
  );
}

export const GridRow = memo(Row) as typeof Row;
