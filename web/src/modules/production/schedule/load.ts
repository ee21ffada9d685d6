import { dayAt, dayNumber, weekdayOf } from '@/ui/days';

/** Work of one person over some days, both included. */
export interface Work {
  start: string;
  end: string;
  /** Minutes; null when nobody said. */
  estimate: number | null;
}

export interface Overload {
  start: string;
  end: string;
  /** Of a full day; the most on any of these days. */
  part: number;
}

/** Minutes of a full day's work. */
const fullDay = 480;

/** Work nobody estimated fills half of each of its days. */
const unknown = 0.5;

/**
 * The days on which somebody has more work than a day holds. An estimate spreads evenly over the work days between its
 * first and its last; days in a row that are as bad as each other are told once.
 */
export function overloads(work: readonly Work[], isWorkDay: (number: number) => boolean): Overload[] {
  const byDay = new Map<number, number>();
  for (const one of work) {
    const days: number[] = [];
    for (let day = dayNumber(one.start); day <= dayNumber(one.end); day++) if (isWorkDay(day)) days.push(day);
    const part = one.estimate === null ? unknown : one.estimate / fullDay / Math.max(1, days.length);
    for (const day of days) byDay.set(day, (byDay.get(day) ?? 0) + part);
  }
  const found: Overload[] = [];
  for (const [day, part] of [...byDay].sort(([a], [b]) => a - b)) {
    // Halves that add up to a day are a full day, whatever the last digit says.
    if (part <= 1.001) continue;
    const last = found.at(-1);
    if (last && dayNumber(last.end) + 1 === day && band(last.part) === band(part)) {
      last.end = dayAt(day);
      last.part = Math.max(last.part, part);
    } else found.push({ start: dayAt(day), end: dayAt(day), part });
  }
  return found;
}

const band = (part: number) => (part > 1.5 ? 2 : 1);

/** Whether people work on a day, by its number. */
export function workDays(workWeek: ReadonlySet<number>, holidays: ReadonlyMap<string, string>) {
  return (number: number) => workWeek.has(weekdayOf(number)) && !holidays.has(dayAt(number));
}
