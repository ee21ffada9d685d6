import Clock from '@heroicons/react/16/solid/ClockIcon';
import EyeIcon from '@heroicons/react/16/solid/EyeIcon';
import MinusIcon from '@heroicons/react/16/solid/MinusIcon';
import NoSymbol from '@heroicons/react/16/solid/NoSymbolIcon';
import PencilIcon from '@heroicons/react/16/solid/PencilIcon';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from '../classes';
import type { MatrixCell } from './cell';
import { Pin } from './Pin';

const icons = { none: MinusIcon, read: EyeIcon, write: PencilIcon };

/** One cell: icon and word of the level, and how it came about. Presses are caught by the matrix around it. */
export const MatrixCellButton = memo(function MatrixCellButton(props: {
  cell: MatrixCell;
  place: string;
  /** "Candidates, Chiara Conti", behind the visible word for screen readers. */
  name: string;
  page: string;
  focusable: boolean;
  opened: boolean;
}) {
  const t = useTranslations('ui');
  const { cell } = props;
  const denied = cell.setting === 'deny';
  const own = cell.setting !== 'inherit';
  const Icon = denied ? NoSymbol : icons[cell.level];
  const how = denied ? t('denied') : own ? t('granted') : t('byRole');
  return (
    <button
      type="button"
      data-cell={props.place}
      tabIndex={props.focusable ? 0 : -1}
      aria-busy={cell.pending || undefined}
      aria-haspopup="dialog"
      aria-expanded={props.opened}
      title={cell.reason ? `${how}: ${cell.reason}` : undefined}
      className={classes(
        'matrix__level',
        `matrix__level--${cell.level}`,
        own && 'matrix__level--own',
        denied && 'matrix__level--denied',
        cell.pending && 'matrix__level--pending',
        cell.refused !== undefined && 'matrix__level--refused',
      )}
    >
      <span className="matrix__page" aria-hidden="true">
        {props.page}
      </span>
      <span className="matrix__word">
        <Icon className="size-3.5 flex-none" />
        <span>{t(`level.${cell.level}`)}</span>
        {cell.pinned && (
          <span className="matrix__badge">
            <Pin />
          </span>
        )}
        {cell.expires && (
          <span className="matrix__badge">
            <Clock className="size-3" />
          </span>
        )}
      </span>
      <span className="sr-only">
        , {props.name}, {how}
        {cell.pinned && `, ${t('pinned')}`}
        {cell.expires && `, ${t('runsOut')}`}
        {cell.refused !== undefined && `, ${t('refused')}`}
      </span>
    </button>
  );
});
