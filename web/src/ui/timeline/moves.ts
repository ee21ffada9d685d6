import { dayNumber, shiftDay } from '../days';
import type { Span, TimelineItem } from './item';

/** How an item is held: as a whole, or by one of its ends. */
export type Hold = 'whole' | 'start' | 'end';

/** The span after moving what is held by some days. An end never passes the other one. */
export function moved(span: Span, hold: Hold, by: number): Span {
  const length = dayNumber(span.end) - dayNumber(span.start);
  if (hold === 'start') return { start: shiftDay(span.start, Math.min(by, length)), end: span.end };
  if (hold === 'end') return { start: span.start, end: shiftDay(span.end, Math.max(by, -length)) };
  return { start: shiftDay(span.start, by), end: shiftDay(span.end, by) };
}

/** Which part of an item lies under the pointer. `x` counts from its left edge; its ends are `reach` wide, where it is long enough. */
export function holdAt(item: TimelineItem, x: number, width: number, reach = 8): Hold {
  const edge = Math.min(reach, width / 4);
  if (item.kind === 'milestone') return 'whole';
  return x < edge ? 'start' : x > width - edge ? 'end' : 'whole';
}

/** Days a key moves what was picked up, and by which part; null when it does nothing. */
export function stepOf(key: string, shift: boolean): { hold: Hold; by: number } | null {
  const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7, ArrowUp: -7, ArrowDown: 7 }[key];
  return by === undefined ? null : { hold: shift ? 'end' : 'whole', by };
}

/** The item a key leads to from another one, with all items in their lanes from left to right. */
export function nextItem(
  lanes: readonly (readonly TimelineItem[])[],
  at: { lane: number; id: string | null },
  key: string,
): { lane: number; id: string | null } | null {
  const own = lanes[at.lane] ?? [];
  const place = own.findIndex(item => item.id === at.id);
  switch (key) {
    case 'ArrowRight':
      return { lane: at.lane, id: own[Math.min(own.length - 1, place + 1)]?.id ?? null };
    case 'ArrowLeft':
      return { lane: at.lane, id: place <= 0 ? null : (own[place - 1]?.id ?? null) };
    case 'Home':
      return { lane: at.lane, id: own[0]?.id ?? null };
    case 'End':
      return { lane: at.lane, id: own.at(-1)?.id ?? null };
    case 'ArrowDown':
    case 'ArrowUp': {
      const lane = Math.max(0, Math.min(lanes.length - 1, at.lane + (key === 'ArrowDown' ? 1 : -1)));
      const from = own[place];
      if (!from || lane === at.lane) return { lane, id: lane === at.lane ? at.id : null };
      const there = [...(lanes[lane] ?? [])].sort(
        (a, b) =>
          Math.abs(dayNumber(a.start) - dayNumber(from.start)) - Math.abs(dayNumber(b.start) - dayNumber(from.start)),
      );
      return { lane, id: there[0]?.id ?? null };
    }
    default:
      return null;
  }
}
