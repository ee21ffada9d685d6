import { addDays, instantOf, wallOf } from '@/ui/calendar/wall';
import { dayNumber, weekdayOf } from '@/ui/days';

const hour = 3_600_000;
const [opens, closes] = [9 * 60, 17 * 60];

/** When a new interview is most likely meant: in a full hour from now, or at nine on the next weekday when that is past office hours. */
export function nextHour(now: number, zone: string): string {
  const soon = Math.ceil(now / hour) * hour + hour;
  let { day, minute } = wallOf(soon, zone);
  if (minute < opens) minute = opens;
  if (minute >= closes || isWeekend(day)) {
    minute = opens;
    do day = addDays(day, 1);
    while (isWeekend(day));
    return new Date(instantOf({ day, minute }, zone)).toISOString();
  }
  return new Date(minute === opens ? instantOf({ day, minute }, zone) : soon).toISOString();
}

const isWeekend = (day: string) => weekdayOf(dayNumber(day)) > 5;
