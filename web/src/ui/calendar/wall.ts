import { CalendarDateTime, parseDate, toZoned } from '@internationalized/date';

/** A wall clock reading: a civil day (yyyy-mm-dd) and minutes since its midnight. */
export interface Wall {
  day: string;
  minute: number;
}

/** What a clock in the zone shows at an instant (milliseconds). */
export function wallOf(instant: number, zone: string): Wall {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const get = (type: string) => parts.find(part => part.type === type)?.value ?? '0';
  return {
    day: `${get('year')}-${get('month')}-${get('day')}`,
    minute: Number(get('hour')) * 60 + Number(get('minute')),
  };
}

/** The instant at which a clock in the zone shows this; in the hour that a clock change skips, the one after it. */
export function instantOf({ day, minute }: Wall, zone: string): number {
  const date = parseDate(day).add({ days: Math.floor(minute / 1440) });
  const rest = ((minute % 1440) + 1440) % 1440;
  const wall = new CalendarDateTime(date.year, date.month, date.day, Math.floor(rest / 60), rest % 60);
  return toZoned(wall, zone).toDate().getTime();
}

export function addDays(day: string, days: number): string {
  return parseDate(day).add({ days }).toString();
}

/** The seven days of the week a day lies in, from Monday. */
export function weekOf(day: string): string[] {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return Array.from({ length: 7 }, (_, place) => addDays(day, place - weekday));
}

/** The weeks that a month's sheet shows, each from Monday. */
export function monthOf(day: string): string[][] {
  const first = `${day.slice(0, 7)}-01`;
  const weeks: string[][] = [];
  for (let monday = weekOf(first)[0] ?? first; monday.slice(0, 7) <= day.slice(0, 7); monday = addDays(monday, 7))
    weeks.push(weekOf(monday));
  return weeks;
}
