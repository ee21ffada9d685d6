import { dayAt, dayNumber, shiftDay, weekdayOf } from '../days';
import type { Span, TimelineItem } from './item';

export const zooms = ['days', 'weeks', 'months'] as const;
export type Zoom = (typeof zooms)[number];

/** Pixels of one day. */
export const dayWidth: Readonly<Record<Zoom, number>> = { days: 36, weeks: 14, months: 4 };

/** Civil dates as places on a line. */
export interface Scale {
  zoom: Zoom;
  /** Number of the first day, and how many there are. */
  first: number;
  days: number;
  /** Pixels of one day. */
  day: number;
}

export function scaleOf(zoom: Zoom, range: Span): Scale {
  const first = dayNumber(range.start);
  return { zoom, first, days: dayNumber(range.end) - first + 1, day: dayWidth[zoom] };
}

/** The days a timeline of these items shows: all of them and today, with a month before and after. */
export function rangeOf(items: readonly Span[], today: string): Span {
  let [start, end] = [today, today];
  for (const item of items) {
    if (item.start < start) start = item.start;
    if (item.end > end) end = item.end;
  }
  return { start: shiftDay(start, -31), end: shiftDay(end, 62) };
}

/** Left edge of a day, in pixels. */
export function left(scale: Scale, day: string): number {
  return (dayNumber(day) - scale.first) * scale.day;
}

export function width(scale: Scale, span: Span): number {
  return (dayNumber(span.end) - dayNumber(span.start) + 1) * scale.day;
}

/** The day that lies at a place. */
export function dayOver(scale: Scale, x: number): string {
  return dayAt(scale.first + Math.max(0, Math.min(scale.days - 1, Math.floor(x / scale.day))));
}

export interface Tick {
  day: string;
  x: number;
  width: number;
}

/** Where the months, weeks or days between two places begin. */
export function ticks(scale: Scale, unit: 'day' | 'week' | 'month' | 'year', from: number, to: number): Tick[] {
  const found: Tick[] = [];
  const firstSeen = Math.max(0, Math.floor(from / scale.day));
  const last = Math.min(scale.days, Math.ceil(to / scale.day));
  const begins = (number: number) => {
    if (unit === 'day') return true;
    if (unit === 'week') return weekdayOf(number) === 1;
    const text = dayAt(number);
    return unit === 'month' ? text.endsWith('-01') : text.endsWith('-01-01');
  };
  // What began before the first place still has its name there.
  let at = firstSeen;
  while (at > 0 && !begins(scale.first + at)) at--;
  for (let next = at + 1; at < last; at = next, next = at + 1) {
    while (next < scale.days && !begins(scale.first + next)) next++;
    found.push({ day: dayAt(scale.first + at), x: at * scale.day, width: (next - at) * scale.day });
  }
  return found;
}

/** Runs of days off between two places. Weekdays count from 1, Monday. */
export function daysOff(
  scale: Scale,
  workWeek: ReadonlySet<number>,
  holidays: ReadonlySet<string>,
  from: number,
  to: number,
): Tick[] {
  const runs: Tick[] = [];
  const last = Math.min(scale.days, Math.ceil(to / scale.day));
  for (let at = Math.max(0, Math.floor(from / scale.day)); at < last; at++) {
    const day = dayAt(scale.first + at);
    if (workWeek.has(weekdayOf(scale.first + at)) && !holidays.has(day)) continue;
    const before = runs.at(-1);
    if (before && before.x + before.width === at * scale.day) before.width += scale.day;
    else runs.push({ day, x: at * scale.day, width: scale.day });
  }
  return runs;
}

const milestone = 18;

/** Where an item is drawn, in pixels. A milestone is a mark in the middle of its day. */
export function boxOf(scale: Scale, item: Pick<TimelineItem, 'kind' | 'start' | 'end'>): { x: number; width: number } {
  const x = left(scale, item.start);
  if (item.kind === 'bar') return { x, width: Math.max(6, width(scale, item)) };
  return { x: x + scale.day / 2 - milestone / 2, width: milestone };
}

/** The nearest items before and after two places, where nothing lies between them. */
export function beyond(placed: readonly Placed[], from: number, to: number): { before?: Placed; after?: Placed } {
  const found: { before?: Placed; after?: Placed } = {};
  for (const one of placed) {
    if (one.x + one.width <= from) {
      if (!found.before || one.x + one.width > found.before.x + found.before.width) found.before = one;
    } else if (one.x >= to) {
      if (!found.after || one.x < found.after.x) found.after = one;
    } else return {};
  }
  return found;
}

export interface Placed {
  item: TimelineItem;
  x: number;
  width: number;
  /** Line within the lane, from 0. */
  line: number;
  /** Pixels up to the next item on the same line. */
  room: number;
}

/** Puts the items of one lane on as few lines as it takes for none to cover another. */
export function pack(scale: Scale, items: readonly TimelineItem[]): { placed: Placed[]; lines: number } {
  const placed: Placed[] = [];
  const lines: Placed[] = [];
  for (const item of [...items].sort((a, b) => a.start.localeCompare(b.start) || b.end.localeCompare(a.end))) {
    const box = boxOf(scale, item);
    const free = lines.findIndex(last => last.x + last.width <= box.x);
    const line = free < 0 ? lines.length : free;
    const one: Placed = { item, ...box, line, room: Number.POSITIVE_INFINITY };
    const before = lines[line];
    if (before) before.room = box.x - before.x - before.width;
    lines[line] = one;
    placed.push(one);
  }
  return { placed, lines: Math.max(1, lines.length) };
}
