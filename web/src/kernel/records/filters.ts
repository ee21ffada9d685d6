import { CalendarDate, now, toCalendarDate, toZoned } from '@internationalized/date';
import { shiftDay } from '@/ui/days';

export type Filters = Readonly<Record<string, string>>;

/** All conditions on one field: the plain one and those with an operator. */
export function conditionsOf(filters: Filters, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(filters).filter(([key]) => key === name || key.startsWith(`${name}.`)));
}

/** The filters with the conditions on one field replaced. Empty values drop theirs. */
export function withConditions(filters: Filters, name: string, conditions: Filters): Record<string, string> {
  const rest = Object.entries(filters).filter(([key]) => key !== name && !key.startsWith(`${name}.`));
  return Object.fromEntries([...rest, ...Object.entries(conditions).filter(([, value]) => value !== '')]);
}

/** Instants of whole civil days in a zone: from the start of the first to before the end of the last (yyyy-mm-dd). */
export function dayRange(
  name: string,
  first: string | null,
  last: string | null,
  zone: string,
): Record<string, string> {
  const conditions: Record<string, string> = {};
  if (first) conditions[`${name}.gte`] = instantOf(parse(first), zone);
  if (last) conditions[`${name}.lt`] = instantOf(parse(last).add({ days: 1 }), zone);
  return conditions;
}

/** The civil day an instant falls on, and for the end of a range the day before it. */
export function dayOf(instant: string | undefined, zone: string, end = false): string | null {
  if (instant === undefined) return null;
  const at = Date.parse(instant) - (end ? 1 : 0);
  if (Number.isNaN(at)) return null;
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    at,
  );
}

/** The first and last civil day (yyyy-mm-dd) that conditions on a date or an instant leave; null where there is no end, or an address names no day. */
export function daysOf(
  conditions: Filters,
  name: string,
  civil: boolean,
  zone: string,
): [string | null, string | null] {
  const [from, until, before] = [conditions[`${name}.gte`], conditions[`${name}.lte`], conditions[`${name}.lt`]];
  if (!civil) return [dayOf(from, zone), dayOf(before, zone, true)];
  const last = civilDay(before);
  return [civilDay(from), civilDay(until) ?? (last && shiftDay(last, -1))];
}

function civilDay(text: string | undefined): string | null {
  const at = Date.parse(`${text}T00:00:00Z`);
  // There is no 30 February: some browsers read the second of March.
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text ? text : null;
}

/** Today and some days around it, in a zone. */
export function daysAround(zone: string, from: number, to: number): { first: string; last: string } {
  const today = toCalendarDate(now(zone));
  return { first: today.add({ days: from }).toString(), last: today.add({ days: to }).toString() };
}

/** The week of today in a zone, from Monday. */
export function weekAround(zone: string): { first: string; last: string } {
  const today = toCalendarDate(now(zone));
  const monday = today.subtract({ days: (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7 });
  return { first: monday.toString(), last: monday.add({ days: 6 }).toString() };
}

const instantOf = (day: CalendarDate, zone: string) => toZoned(day, zone).toAbsoluteString();

function parse(day: string): CalendarDate {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return new CalendarDate(year, month, date);
}
