import { type CSSProperties, type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useLocale, useNow, useTranslations } from 'use-intl';
import { classes } from '../classes';
import type { CalendarEvent, CheckMove, EventMove } from './event';
import { layLanes } from './lanes';
import { type TimeColumn, useEventDrag } from './useEventDrag';
import { addDays, instantOf, wallOf } from './wall';

export interface TimeGridProps {
  label: string;
  /** A column per day, or per day and lane. */
  columns: readonly (TimeColumn & { name: string; hint?: string })[];
  zone: string;
  events: readonly CalendarEvent[];
  onOpen: (event: CalendarEvent) => void;
  /** Without it nothing can be dragged. */
  onMove?: (move: EventMove) => void;
  check?: CheckMove;
  /** A drop where something stands in the way; the event has gone back to its place. */
  onRefused?: (move: EventMove, refusal: string) => void;
  onCreate?: (start: number, resource?: string) => void;
  openedId?: string | undefined;
}

const hour = 64;
const perMinute = hour / 60;
const hours = Array.from({ length: 24 }, (_, h) => h);

/** Days, or the lanes of a day, with events where their time is. Drag moves, the lower edge resizes, Alt and arrows do both. */
export function TimeGrid(props: TimeGridProps) {
  const { columns, zone, events } = props;
  const t = useTranslations('ui');
  const scroller = useRef<HTMLDivElement>(null);
  const now = wallOf(useNow({ updateInterval: 30_000 }).getTime(), zone);
  const { moving, start, handlers, tookClick } = useEventDrag({
    zone,
    columns,
    pixelsPerMinute: perMinute,
    onMove: props.onMove,
    check: props.check,
    onRefused: props.onRefused,
  });

  const shown = useMemo(
    () =>
      moving ? events.map(event => (event.id === moving.event.id ? { ...event, ...pick(moving) } : event)) : events,
    [events, moving],
  );
  const earliest = Math.min(
    8,
    ...events.filter(event => !event.quiet).map(event => Math.floor(wallOf(event.start, zone).minute / 60)),
  );
  const keyed = useRef<string | null>(null);
  // Moved by keys into another column, an event is drawn anew: the focus goes along.
  useEffect(() => {
    if (keyed.current === null || document.activeElement !== document.body) return;
    scroller.current?.querySelector<HTMLElement>(`[data-event="${CSS.escape(keyed.current)}"]`)?.focus();
  });
  const days = columns.map(column => column.day).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another week scrolls
  useEffect(() => {
    // Newer browsers answer with a promise, which is no way to clean up.
    void scroller.current?.scrollTo({ top: Math.max(0, earliest * hour - 16) });
  }, [days]);

  function onKeyDown(key: KeyboardEvent, event: CalendarEvent) {
    if (!props.onMove || event.fixed || !key.altKey) return;
    const minutes = { ArrowUp: -15, ArrowDown: 15 }[key.key];
    const by = { ArrowLeft: -1, ArrowRight: 1 }[key.key];
    if (minutes === undefined && by === undefined) return;
    key.preventDefault();
    keyed.current = event.id;
    const length = event.end - event.start;
    if (minutes !== undefined && key.shiftKey) {
      props.onMove({
        event,
        start: event.start,
        end: Math.max(event.start + 900_000, event.end + minutes * 60_000),
        resource: event.resource,
      });
      return;
    }
    const wall = wallOf(event.start, zone);
    const next = instantOf({ day: addDays(wall.day, by ?? 0), minute: wall.minute + (minutes ?? 0) }, zone);
    props.onMove({ event, start: next, end: next + length, resource: event.resource });
  }

  return (
    <div
      ref={scroller}
      role="region"
      aria-label={props.label}
      className="time-grid"
      tabIndex={0}
      style={{ '--columns': columns.length } as CSSProperties}
    >
      <div className="time-grid__head">
        <div />
        {columns.map(column => (
          <div
            key={column.id}
            className={classes('time-grid__name', column.day === now.day && 'time-grid__name--today')}
          >
            <span className="truncate">{column.name}</span>
            {column.hint && <span className="time-grid__hint">{column.hint}</span>}
          </div>
        ))}
      </div>
      <div className="time-grid__body" style={{ height: 24 * hour }}>
        <div aria-hidden="true" className="time-grid__hours">
          {hours.slice(1).map(h => (
            <span key={h} style={{ top: h * hour }}>
              {String(h).padStart(2, '0')}:00
            </span>
          ))}
        </div>
        <div data-slot="time-grid" className="time-grid__columns" {...handlers}>
          {columns.map(column => {
            const own = shown.filter(
              event =>
                wallOf(event.start, zone).day === column.day &&
                (column.resource === undefined || event.resource === column.resource),
            );
            const spans = own.map(event => ({
              start: event.start,
              end: Math.max(event.end, event.start + 20 * 60_000),
            }));
            const lanes = layLanes(spans);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: a shortcut for the pointer; `c` and the page's button create too
              <div
                key={column.id}
                className="time-grid__column"
                onClick={click => {
                  if (tookClick() || click.target !== click.currentTarget || !props.onCreate) return;
                  const minute = Math.floor(click.nativeEvent.offsetY / perMinute / 30) * 30;
                  props.onCreate(instantOf({ day: column.day, minute }, zone), column.resource);
                }}
              >
                {column.day === now.day && <NowLine minute={now.minute} label={t('now')} />}
                {own.map((event, place) => (
                  <EventBox
                    key={event.id}
                    event={event}
                    zone={zone}
                    lane={lanes[place] ?? { lane: 0, lanes: 1 }}
                    moving={moving?.event.id === event.id}
                    refusal={moving?.event.id === event.id ? moving.refusal : null}
                    opened={event.id === props.openedId}
                    movable={props.onMove !== undefined && !event.fixed}
                    onPress={() => tookClick() || props.onOpen(event)}
                    onKeyDown={key => onKeyDown(key, event)}
                    onDrag={(kind, pointer) => start(event, kind, pointer)}
                  />
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

const pick = ({ start, end, resource }: EventMove) => ({ start, end, resource });

function NowLine({ minute, label }: { minute: number; label: string }) {
  return (
    <div className="time-grid__now" style={{ top: minute * perMinute }}>
      <span className="sr-only">{label}</span>
    </div>
  );
}

function EventBox(props: {
  event: CalendarEvent;
  zone: string;
  lane: { lane: number; lanes: number };
  moving: boolean;
  refusal: string | null;
  opened: boolean;
  movable: boolean;
  onPress: () => void;
  onKeyDown: (key: KeyboardEvent) => void;
  onDrag: (kind: 'move' | 'resize', pointer: React.PointerEvent<HTMLElement>) => void;
}) {
  const { event, zone, lane } = props;
  const locale = useLocale();
  const from = wallOf(event.start, zone).minute;
  const minutes = Math.max(20, (event.end - event.start) / 60_000);
  const time = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const style = {
    top: from * perMinute + 1,
    height: Math.min(minutes, 1440 - from) * perMinute - 2,
    left: `calc(${(lane.lane / lane.lanes) * 100}% + 1px)`,
    width: `calc(${100 / lane.lanes}% - 3px)`,
    '--tone': `var(--tone-${event.tone})`,
    '--lines': Math.max(1, Math.floor((Math.min(minutes, 1440 - from) * perMinute - 8) / 16)),
  } as CSSProperties;
  return (
    <button
      type="button"
      data-event={event.id}
      style={style}
      title={event.title}
      className={classes(
        'time-event',
        minutes < 40 && 'time-event--short',
        event.quiet && 'time-event--quiet',
        props.moving && 'time-event--moving',
        props.refusal !== null && 'time-event--refused',
        props.opened && 'time-event--opened',
        props.movable && 'time-event--movable',
      )}
      onClick={props.onPress}
      onKeyDown={props.onKeyDown}
      onPointerDown={pointer => props.onDrag('move', pointer)}
    >
      <span className="time-event__title">{event.title}</span>{' '}
      <span className="time-event__note">
        {time.format(event.start)}–{time.format(event.end)}
        {event.note && ` · ${event.note}`}
      </span>
      <span className="sr-only"> {event.state}</span>
      {props.refusal !== null && (
        <span role="alert" className="time-event__refusal">
          {props.refusal}
        </span>
      )}
      {props.movable && (
        <span
          aria-hidden="true"
          className="time-event__edge"
          onPointerDown={pointer => props.onDrag('resize', pointer)}
        />
      )}
    </button>
  );
}
