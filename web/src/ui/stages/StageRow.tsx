import ExclamationTriangle from '@heroicons/react/16/solid/ExclamationTriangleIcon';
import { type CSSProperties, memo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { classes } from '../classes';
import type { StageColumn } from './stage';

interface Props<Row> {
  gridId: string;
  index: number;
  y: number;
  height: number;
  template: string;
  row: Row;
  columns: readonly StageColumn<Row>[];
  lead: ReactNode;
  href: string | undefined;
  /** Selected columns, and the one that has the focus. Texts, so that a row is drawn again only when they change. */
  selected: string;
  focused: number | null;
  opened: boolean;
}

function Drawn<Row>(props: Props<Row>) {
  const { index, row } = props;
  const selected = new Set(props.selected === '' ? [] : props.selected.split(' ').map(Number));
  const look = (column: number) =>
    classes(selected.has(column) && 'stage-cell--selected', props.focused === column && 'stage-cell--focused');
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes('stage-row', props.opened && 'stage-row--opened')}
      style={{ transform: `translateY(${props.y}px)`, height: props.height, gridTemplateColumns: props.template }}
    >
      <div
        role="rowheader"
        id={`${props.gridId}-${index}-0`}
        aria-colindex={1}
        aria-selected={selected.has(0)}
        data-place={`${index} 0`}
        className={classes('stage-lead', look(0))}
      >
        {props.href ? (
          <Link
            to={props.href}
            tabIndex={-1}
            className="grid-link stage-lead__link"
            preventScrollReset
            draggable={false}
          >
            {props.lead}
          </Link>
        ) : (
          props.lead
        )}
      </div>
      {props.columns.map((column, place) => {
        const cell = column.cell(row);
        const at = place + 1;
        return (
          <div
            key={column.id}
            role="gridcell"
            id={`${props.gridId}-${index}-${at}`}
            aria-colindex={at + 1}
            aria-selected={selected.has(at)}
            aria-readonly={column.edit === undefined || column.mayEdit?.(row) === false || undefined}
            data-place={`${index} ${at}`}
            title={cell.warning}
            className={classes('stage-cell', cell.tone && !cell.quiet && 'stage-cell--toned', look(at))}
            style={cell.tone ? ({ '--dot': `var(--tone-${cell.tone})` } as CSSProperties) : undefined}
          >
            {cell.word && (
              <span className={cell.tone ? 'state-dot' : 'truncate'}>
                <span className="truncate">{cell.word}</span>
              </span>
            )}{' '}
            {cell.warning && (
              <ExclamationTriangle className="stage-cell__warning" role="img" aria-label={cell.warning} />
            )}
            {cell.note && <span className="stage-cell__note">{cell.note}</span>}
          </div>
        );
      })}
    </div>
  );
}

export const StageRow = memo(Drawn) as typeof Drawn;
