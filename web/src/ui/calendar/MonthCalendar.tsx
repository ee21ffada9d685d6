import { type ComponentProps, type CSSProperties, type DragEvent, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { classes } from '../classes';
import { dayNumber, shiftDay } from '../days';
import { usePhone } from '../media';
import { type CalendarEvent, covers, type EventMove } from './event';
import { instantOf, monthOf, wallOf } from './wall';

/** A month's sheet. An event dragged to another day keeps its time of day. */
export function MonthCalendar(props: {
  label: string;
  day: string;
  zone: string;
  today: string;
  events: readonly CalendarEvent[];
  onOpen: (event: CalendarEvent) => void;
  onOpenDay: (day: string) => void;
  onMove?: (move: EventMove) => void;
  /** Lines of a day before it says how many more there are. */
  most?: number;
}) {
  const { zone, today, most = 3 } = props;
  const t = useTranslations('ui');
  const phone = usePhone();
  const locale = useLocale();
  const [over, setOver] = useState<string | null>(null);
  const weeks = monthOf(props.day);
  const weekday = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: 'UTC', weekday: 'short' });
  const whole = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: 'UTC', dateStyle: 'full' });
  const time = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });

  /** What is dragged, and the day it was taken from: an event of several days can be taken from any of them. */
  const dragged = useRef<{ event: CalendarEvent; day: string } | null>(null);

  function drop(drag: DragEvent, day: string) {
    drag.preventDefault();
    setOver(null);
    const taken = dragged.current;
    dragged.current = null;
    if (!taken || taken.day === day) return;
    const { event } = taken;
    const by = dayNumber(day) - dayNumber(taken.day);
    const move = (instant: number) => {
      const wall = wallOf(instant, zone);
      return instantOf({ day: shiftDay(wall.day, by), minute: wall.minute }, zone);
    };
    const start = move(event.start);
    const end = event.allDay ? move(event.end) : start + (event.end - event.start);
    props.onMove?.({ event, start, end, resource: event.resource });
  }

  return (
    <table className="month" aria-label={props.label}>
      <thead>
        <tr>
          {(weeks[0] ?? []).map(day => (
            <th key={day} scope="col">
              {weekday.format(Date.parse(day))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map(week => (
          <tr key={week[0]} style={{ height: `${100 / weeks.length}%` }}>
            {week.map(day => {
              const own = props.events.filter(event => covers(event, day, zone)).sort((a, b) => a.start - b.start);
              return (
                <td
                  key={day}
                  className={classes(
                    day.slice(0, 7) !== props.day.slice(0, 7) && 'month__other',
                    over === day && 'month__over',
                  )}
                  onDragOver={drag => {
                    if (!props.onMove) return;
                    drag.preventDefault();
                    setOver(day);
                  }}
                  onDragLeave={() => setOver(null)}
                  onDrop={drag => drop(drag, day)}
                >
                  <button
                    type="button"
                    aria-label={whole.format(Date.parse(day))}
                    className={classes('month__day', day === today && 'month__day--today')}
                    onClick={() => props.onOpenDay(day)}
                  >
                    {Number(day.slice(8))}
                  </button>
                  {own.slice(0, own.length > most ? most - 1 : most).map(event => (
                    <EventLine
                      key={event.id}
                      plain={phone}
                      draggable={props.onMove !== undefined && !event.fixed}
                      title={event.title}
                      className={classes('month__event', event.quiet && 'month__event--quiet')}
                      style={{ '--dot': `var(--tone-${event.tone})` } as CSSProperties}
                      onDragStart={drag => {
                        drag.dataTransfer.setData('text/plain', event.title);
                        dragged.current = { event, day };
                      }}
                      onClick={() => props.onOpen(event)}
                    >
                      {!event.allDay && <span className="text-muted tabular-nums">{time.format(event.start)}</span>}{' '}
                      <span className="month__title">{event.title}</span>
                      <span className="sr-only"> {event.state}</span>
                    </EventLine>
                  ))}
                  {own.length > most && (
                    <button type="button" className="month__more" onClick={() => props.onOpenDay(day)}>
                      +{own.length - most + 1}
                      <span className="sr-only"> {t('moreEntries')}</span>
                    </button>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A line of a day. On a phone it is a dot too small to be pressed: the day opens instead. */
function EventLine({
  plain,
  draggable,
  onDragStart,
  onClick,
  ...props
}: ComponentProps<'button'> & { plain: boolean }) {
  const { className, style, title, children } = props;
  if (plain)
    return (
      <span className={className} style={style}>
        {children}
      </span>
    );
  return (
    <button
      type="button"
      className={className}
      style={style}
      title={title}
      draggable={draggable}
      onDragStart={onDragStart}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
