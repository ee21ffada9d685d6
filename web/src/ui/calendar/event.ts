import type { Tone } from '../parts/StateDot';
import { wallOf } from './wall';

/** Something on a calendar. Times are instants in milliseconds. */
export interface CalendarEvent {
  id: string;
  title: string;
  /** A second line: who, where. */
  note?: string | undefined;
  start: number;
  end: number;
  tone: Tone;
  /** The word of its state, for those who can't see the tone. */
  state: string;
  /** Key of the lane it lies in, when the calendar has lanes. */
  resource?: string | undefined;
  /** Over or called off: drawn quietly. */
  quiet?: boolean;
  fixed?: boolean;
  /** It takes whole days: `start` is a midnight, `end` the one after its last day. */
  allDay?: boolean;
}

/** Where somebody wants to put an event. */
export interface EventMove {
  event: CalendarEvent;
  start: number;
  end: number;
  resource?: string | undefined;
}

/** What stands in the way of a move, as a sentence, or null. */
export type CheckMove = (move: EventMove, signal: AbortSignal) => Promise<string | null>;

/** Whether an event is shown on a civil day: on its first one, or on each when it takes whole days. */
export function covers(event: CalendarEvent, day: string, zone: string): boolean {
  const first = wallOf(event.start, zone).day;
  return event.allDay ? first <= day && day <= wallOf(event.end - 1, zone).day : first === day;
}
