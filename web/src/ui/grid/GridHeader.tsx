import ArrowDown from '@heroicons/react/16/solid/ArrowDownIcon';
import ArrowUp from '@heroicons/react/16/solid/ArrowUpIcon';
import { useTranslations } from 'use-intl';
import { classes } from '../classes';
import { Checkmark } from '../parts/Checkmark';
import type { GridColumn, GridSort } from './columns';

export function GridHeader<Row>(props: {
  columns: readonly GridColumn<Row>[];
  template: string;
  hidden: boolean;
  menu: boolean;
  sort: GridSort | undefined;
  onSort: ((field: string) => void) | undefined;
  all: { checked: boolean; mixed: boolean; toggle: () => void } | undefined;
}) {
  const t = useTranslations('ui');
  return (
    <div role="rowgroup" className={props.hidden ? 'sr-only' : 'grid-header'}>
      <div role="row" aria-rowindex={1} className="grid-header__row" style={{ gridTemplateColumns: props.template }}>
        {props.all && (
          <div role="columnheader" className="grid-row__check">
            <Checkmark label={t('selectAll')} {...props.all} onToggle={props.all.toggle} />
          </div>
        )}
        {props.columns.map(column => {
          const sorted = column.sort !== undefined && props.sort?.field === column.sort ? props.sort : undefined;
          const { sort } = column;
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-sort={sorted ? (sorted.descending ? 'descending' : 'ascending') : undefined}
              className={classes('grid-cell', column.align === 'end' && 'grid-cell--end')}
            >
              {sort !== undefined && props.onSort && !props.hidden ? (
                <button type="button" className="grid-sort" onClick={() => props.onSort?.(sort)}>
                  <span className="truncate">{column.header}</span>
                  {sorted ? (
                    sorted.descending ? (
                      <ArrowDown className="size-3 shrink-0" />
                    ) : (
                      <ArrowUp className="size-3 shrink-0" />
                    )
                  ) : (
                    <ArrowUp className="grid-sort__hint" />
                  )}
                </button>
              ) : (
                <span className="truncate">{column.header}</span>
              )}
            </div>
          );
        })}
        {props.menu && (
          <div role="columnheader">
            <span className="sr-only">{t('actions')}</span>
          </div>
        )}
      </div>
    </div>
  );
}
