import { Button } from '@heroui/react/button';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from '../classes';
import { zooms } from './scale';
import type { useTimelineView } from './useTimelineView';

/** The bar over a timeline: back to today, what else belongs there, and how near one looks. */
export function TimelineBar(props: {
  view: ReturnType<typeof useTimelineView>;
  today: string;
  label: string;
  children?: ReactNode;
}) {
  const t = useTranslations('ui');
  const { zoom, setZoom, show } = props.view;
  return (
    <div className="calendar-bar" role="toolbar" aria-label={props.label}>
      <Button size="sm" variant="outline" onPress={() => show(props.today)}>
        {t('today')}
      </Button>
      {props.children && (
        <div className="flex min-w-0 flex-1 items-center gap-2 max-sm:order-last max-sm:basis-full">
          {props.children}
        </div>
      )}
      <div role="group" aria-label={t('zoom')} className="view-switch ms-auto">
        {zooms.map(one => (
          <button
            key={one}
            type="button"
            aria-pressed={zoom === one}
            className={classes('view-switch__item w-auto! px-2.5 text-xs', zoom === one && 'view-switch__item--on')}
            onClick={() => setZoom(one)}
          >
            {t(`zooms.${one}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
