import { useLocale } from 'use-intl';
import type { OwnSettingProps } from '@/kernel/modules';
import { classes } from '@/ui/classes';
import { weekdays } from '../workCalendar';

/** The days of the week on which people work. */
export default function WorkDays(props: OwnSettingProps) {
  const locale = useLocale();
  const chosen = Array.isArray(props.value) ? props.value.map(day => String(day).toLowerCase()) : [];
  const write = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: 'UTC', weekday: 'long' });
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="label mb-1.5">{props.label}</legend>
      <div className="flex flex-wrap gap-1.5">
        {weekdays.map((day, place) => {
          const on = chosen.includes(day);
          return (
            <button
              key={day}
              type="button"
              disabled={props.disabled}
              aria-pressed={on}
              className={classes('preset', on && 'preset--on')}
              onClick={() => props.onChange(weekdays.filter(one => (one === day ? !on : chosen.includes(one))))}
            >
              {/* The fifth of January 1970 was a Monday. */}
              {write.format(Date.UTC(1970, 0, 5 + place))}
            </button>
          );
        })}
      </div>
      {props.error && <p className="text-danger text-xs">{props.error}</p>}
    </fieldset>
  );
}
