import { useLocale } from 'use-intl';
import { usePhone } from '../media';
import { TimeGrid, type TimeGridProps } from './TimeGrid';
import { addDays, weekOf } from './wall';

/** The week of a day; three days from it on phones. */
export function WeekCalendar({ day, ...props }: Omit<TimeGridProps, 'columns'> & { day: string }) {
  const phone = usePhone();
  const locale = useLocale();
  const days = phone ? [0, 1, 2].map(by => addDays(day, by)) : weekOf(day);
  const name = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: 'UTC', weekday: 'short' });
  const columns = days.map(one => ({
    id: one,
    day: one,
    name: name.format(Date.parse(one)),
    hint: String(Number(one.slice(8))),
  }));
  return <TimeGrid {...props} columns={columns} />;
}
