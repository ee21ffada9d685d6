import type { CSSProperties } from 'react';
import { useLocale } from 'use-intl';
import { classes } from '../classes';
import { StateDot } from '../parts/StateDot';
import { writeDate } from '../time';
import { type CalendarEvent, covers } from './event';

/** What happens on some days, one under the other; for screens too narrow for a grid. */
export function Agenda(props: {
  label: string;
  days: readonly string[];
  zone: string;
  today: string;
  events: readonly CalendarEvent[];
  onOpen: (event: CalendarEvent) => void;
  openedId?: string | undefined;
}) {
  const locale = useLocale();
  const time = new Intl.DateTimeFormat(locale, {
    timeZone: props.zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (
    <section className="agenda" aria-label={props.label} tabIndex={0}>
      {props.days.map(day => {
        const own = props.events.filter(event => covers(event, day, props.zone)).sort((a, b) => a.start - b.start);
        if (own.length === 0) return null;
        return (
          <section key={day}>
            <h2 className="agenda__day">{writeDate(day, props.today, locale)}</h2>
            <ul>
              {own.map(event => (
                <li key={event.id}>
                  <button
                    type="button"
                    className={classes('agenda__event', event.id === props.openedId && 'agenda__event--opened')}
                    style={{ '--tone': `var(--tone-${event.tone})` } as CSSProperties}
                    onClick={() => props.onOpen(event)}
                  >
                    {!event.allDay && (
                      <span className="agenda__time">
                        {time.format(event.start)}
                        <span className="text-muted"> {time.format(event.end)}</span>
                      </span>
                    )}{' '}
                    <span className="min-w-0 flex-1">
                      <span
                        className={classes('block truncate font-medium', event.quiet && 'line-through')}
                        title={event.title}
                      >
                        {event.title}
                      </span>{' '}
                      {event.note && <span className="block truncate text-muted text-xs">{event.note}</span>}
                    </span>{' '}
                    <span className="flex-none text-xs">
                      <StateDot tone={event.tone}>{event.state}</StateDot>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </section>
  );
}
