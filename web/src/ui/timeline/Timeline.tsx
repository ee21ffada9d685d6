import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { usePhone, useTouch } from '../media';
import { writeShortDate } from '../time';
import { Axis } from './Axis';
import type { Obstacle, Span, TimelineItem, TimelineLane, TimelineMove } from './item';
import { LaneRow, lineHeight } from './LaneRow';
import { nextItem, stepOf } from './moves';
import { dayOver, daysOff, left, pack, scaleOf, type Zoom } from './scale';
import { useTimelineDrag } from './useTimelineDrag';

export interface TimelineProps {
  label: string;
  /** Over the names of the lanes. */
  laneTitle: string;
  range: Span;
  zoom: Zoom;
  today: string;
  /** Brings a day into sight; a new object asks again. */
  goTo: { day: string };
  lanes: readonly TimelineLane[];
  items: readonly TimelineItem[];
  /** Weekdays people work on, 1 is Monday. */
  workWeek: ReadonlySet<number>;
  /** Civil date → name. */
  holidays: ReadonlyMap<string, string>;
  onOpen: (item: TimelineItem) => void;
  laneHref?: (lane: TimelineLane) => string | undefined;
  onOpenLane?: (lane: TimelineLane) => void;
  /** Without it nothing can be moved. */
  onMove?: ((move: TimelineMove) => void) | undefined;
  /** What speaks against a move, said before the drop. */
  check?: (move: TimelineMove) => Obstacle | null;
  onRefused?: (move: TimelineMove, sentence: string) => void;
  openedId?: string | undefined;
}

const nameWidth = { wide: 240, phone: 116 };
const least = 44;
/** The part in sight moves in steps of as many pixels, and reaches one of them beyond what is seen. */
const step = 200;

/** Lanes over days. Items are dragged, or picked up with Space, moved with the arrows and put down again. */
export function Timeline(props: TimelineProps) {
  const { zoom, range, today, lanes, items, goTo } = props;
  const t = useTranslations('ui');
  const locale = useLocale();
  const phone = usePhone();
  const touch = useTouch();
  const ownId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ from: 0, to: 2_000 });
  const [focus, setFocus] = useState<{ lane: number; id: string | null }>({ lane: 0, id: null });
  const [hasFocus, setHasFocus] = useState(false);
  const names = phone ? nameWidth.phone : nameWidth.wide;
  const scale = useMemo(() => scaleOf(zoom, range), [zoom, range]);

  const packed = useMemo(() => {
    const byLane = new Map<string, TimelineItem[]>();
    for (const item of items) byLane.set(item.lane, [...(byLane.get(item.lane) ?? []), item]);
    return lanes.map(lane => pack(scale, byLane.get(lane.id) ?? []));
  }, [lanes, items, scale]);
  const inOrder = useMemo(() => packed.map(one => one.placed.map(placed => placed.item)), [packed]);
  const byId = useMemo(() => new Map(items.map(item => [item.id, item])), [items]);

  const heightOf = useCallback(
    (index: number) => Math.max(least, (packed[index]?.lines ?? 1) * lineHeight + 8),
    [packed],
  );
  const virtual = useVirtualizer({
    count: lanes.length,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    overscan: 8,
    scrollPaddingStart: 52,
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other heights make the kept measurements wrong
  useEffect(() => virtual.measure(), [heightOf]);

  const look = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    // In steps, so that a little scrolling draws nothing anew.
    const from = Math.floor((box.scrollLeft - step) / step) * step;
    const to = Math.ceil((box.scrollLeft + box.clientWidth + step) / step) * step;
    setSight(before => (before.from === from && before.to === to ? before : { from, to }));
  }, []);

  // The day in the middle stays there when the zoom changes; another day asked for comes there.
  const middle = useRef(goTo.day);
  const asked = useRef<object | null>(null);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const day = asked.current === goTo ? middle.current : goTo.day;
    asked.current = goTo;
    box.scrollLeft = left(scale, day) - (box.clientWidth - names) / 2;
    look();
  }, [goTo, scale, names, look]);

  function onScroll() {
    const box = scroller.current;
    if (!box) return;
    middle.current = dayOver(scale, box.scrollLeft + (box.clientWidth - names) / 2);
    look();
  }

  const drag = useTimelineDrag({
    scroller,
    dayWidth: scale.day,
    find: id => byId.get(id),
    onMove: props.onMove,
    check: props.check,
    onRefused: props.onRefused,
  });
  const { moving } = drag;

  const dates = useMemo(() => {
    const options = { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' } as const;
    const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, options);
    return ({ start, end }: Span) =>
      start === end ? format.format(Date.parse(start)) : format.formatRange(Date.parse(start), Date.parse(end));
  }, [locale]);
  const words = useCallback(
    (item: TimelineItem) => [item.title, item.state, dates(item)].filter(Boolean).join(', '),
    [dates],
  );

  const shortDay = useCallback((day: string) => writeShortDate(day, today, locale), [today, locale]);
  const margin = useMemo(() => ({ before: step, after: step + names }), [names]);
  const goToItem = useCallback(
    (item: TimelineItem) => {
      const box = scroller.current;
      if (box) box.scrollLeft = left(scale, item.start) - (box.clientWidth - names) / 3;
    },
    [scale, names],
  );

  function show(lane: number, item: TimelineItem | undefined, span: Span | undefined = item) {
    virtual.scrollToIndex(lane, { align: 'auto' });
    const box = scroller.current;
    if (!box || !span) return;
    const x = left(scale, span.start);
    const room = box.clientWidth - names;
    if (x < box.scrollLeft + 20 || x > box.scrollLeft + room - 40) box.scrollLeft = x - room / 3;
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== scroller.current || event.altKey || event.metaKey || event.ctrlKey) return;
    const item = focus.id === null ? undefined : byId.get(focus.id);
    const handled = moving?.by === 'keys' ? moveKey(event) : goKey(event, item);
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function moveKey(event: KeyboardEvent): boolean {
    const step = stepOf(event.key, event.shiftKey);
    if (step) drag.step(step.hold, step.by);
    else if (event.key === ' ' || event.key === 'Enter') drag.drop();
    else if (event.key === 'Escape') drag.cancel();
    else return event.key.length === 1;
    return true;
  }

  function goKey(event: KeyboardEvent, item: TimelineItem | undefined): boolean {
    const next = nextItem(inOrder, focus, event.key);
    if (next) {
      setFocus(next);
      show(next.lane, next.id === null ? undefined : byId.get(next.id));
      return true;
    }
    const lane = lanes[focus.lane];
    if (event.key === 'Enter') {
      if (item) props.onOpen(item);
      else if (lane) props.onOpenLane?.(lane);
      return true;
    }
    return event.key === ' ' && item !== undefined ? drag.pick(item) || true : false;
  }

  function onClick(event: { target: EventTarget }) {
    if (drag.tookClick() || !(event.target instanceof Element)) return;
    const id = event.target.closest<HTMLElement>('[data-item]')?.dataset.item;
    const item = id === undefined ? undefined : byId.get(id);
    if (!item) return;
    setFocus({ lane: lanes.findIndex(lane => lane.id === item.lane), id: item.id });
    props.onOpen(item);
  }

  const rows = virtual.getVirtualItems();
  const off = useMemo(
    () => daysOff(scale, props.workWeek, new Set(props.holidays.keys()), sight.from, sight.to),
    [scale, props.workWeek, props.holidays, sight],
  );
  const here = `${ownId}-${focus.lane}-${focus.id ?? ''}`;
  const total = scale.days * scale.day;
  return (
    <>
      <div
        ref={scroller}
        role="grid"
        aria-label={props.label}
        aria-rowcount={lanes.length}
        aria-activedescendant={hasFocus && rows.some(row => row.index === focus.lane) ? here : undefined}
        tabIndex={0}
        className="timeline-grid"
        data-slot="timeline"
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onFocus={event => setHasFocus(event.target === scroller.current)}
        onBlur={() => {
          setHasFocus(false);
          if (moving?.by === 'keys') drag.cancel();
        }}
        {...drag.handlers}
      >
        <div
          role="presentation"
          className="timeline-head"
          style={{ width: names + total, '--names': `${names}px` } as object}
        >
          <div className="timeline-head__name" style={{ width: names }}>
            {props.laneTitle}
          </div>
          <Axis scale={scale} from={sight.from + step} to={sight.to} today={today} />
        </div>
        <div
          role="presentation"
          className="timeline-body"
          style={
            { width: names + total, height: Math.max(virtual.getTotalSize(), 1), '--names': `${names}px` } as object
          }
        >
          <div aria-hidden="true" className="timeline-back" style={{ left: names }}>
            {off.map(run => (
              <span
                key={run.x}
                className="timeline-off"
                title={props.holidays.get(run.day)}
                style={{ left: run.x, width: run.width }}
              />
            ))}
            <span className="timeline-today" style={{ left: left(scale, today) + scale.day / 2 }} />
          </div>
          {rows.map(row => {
            const lane = lanes[row.index];
            const own = packed[row.index];
            if (!lane || !own) return null;
            return (
              <LaneRow
                key={lane.id}
                gridId={ownId}
                index={row.index}
                y={row.start}
                height={row.size}
                lane={lane}
                placed={own.placed}
                scale={scale}
                from={sight.from}
                to={sight.to}
                href={props.laneHref?.(lane)}
                focused={row.index === focus.lane ? (focus.id ?? '') : null}
                openedId={props.openedId}
                moving={
                  moving?.item.lane === lane.id
                    ? { id: moving.item.id, span: moving.span, obstacle: moving.obstacle }
                    : null
                }
                words={words}
                planned={t('planned')}
                margin={margin}
                day={shortDay}
                onGoTo={goToItem}
              />
            );
          })}
        </div>
      </div>
      <p role="status" className="sr-only">
        {moving?.by === 'keys' &&
          [
            moving.span.start === moving.item.start && moving.span.end === moving.item.end
              ? t('pickedUp', { name: moving.item.title })
              : dates(moving.span),
            moving.obstacle?.sentence,
          ]
            .filter(Boolean)
            .join('. ')}
      </p>
      {touch && props.onMove && !moving && <p className="timeline-note timeline-note--hint">{t('holdToMove')}</p>}
      {moving && (
        <p aria-hidden="true" className="timeline-note">
          <span className="font-medium">{moving.item.title}</span> {dates(moving.span)}
          {moving.by === 'keys' && <span className="text-muted">{t('moveKeys')}</span>}
        </p>
      )}
    </>
  );
}
