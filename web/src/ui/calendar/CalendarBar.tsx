import ChevronLeft from '@heroicons/react/16/solid/ChevronLeftIcon';
import ChevronRight from '@heroicons/react/16/solid/ChevronRightIcon';
import { Button } from '@heroui/react/button';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from '../classes';
import { usePhone } from '../media';
import { type Span, spans, type useCalendarPlace } from './place';

/** The bar over a calendar: which days, how many of them, and what else belongs there. */
export function CalendarBar(props: {
  place: ReturnType<typeof useCalendarPlace>;
  today: string;
  /** What the calendar shows. */
  label: string;
  /** The spans offered; all when left out. */
  offered?: readonly Span[];
  children?: ReactNode;
}) {
  const t = useTranslations('ui');
  const phone = usePhone();
  const { span, title, go } = props.place;
  return (
    <div className="calendar-bar" role="toolbar" aria-label={t('goTo')}>
      <Button size="sm" variant="outline" onPress={() => go({ day: props.today })}>
        {t('today')}
      </Button>
      <span className="flex flex-none">
        <Button isIconOnly size="sm" variant="ghost" aria-label={t('previous')} onPress={() => go({ by: -1 })}>
          <ChevronLeft />
        </Button>
        <Button isIconOnly size="sm" variant="ghost" aria-label={t('next')} onPress={() => go({ by: 1 })}>
          <ChevronRight />
        </Button>
      </span>
      <h2
        aria-live="polite"
        className="min-w-0 flex-1 truncate font-medium text-sm tabular-nums max-sm:order-first max-sm:basis-full"
      >
        {title}
      </h2>
      {props.children}
      <div role="group" aria-label={props.label} className="view-switch max-sm:ms-auto">
        {(props.offered ?? spans).map(one => (
          <button
            key={one}
            type="button"
            aria-pressed={span === one}
            className={classes('view-switch__item w-auto! px-2.5 text-xs', span === one && 'view-switch__item--on')}
            onClick={() => go({ span: one })}
          >
            {t(phone && one === 'week' ? 'spans.agenda' : `spans.${one}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
