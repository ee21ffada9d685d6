import { Calendar } from '@heroui/react/calendar';
import { DateField } from '@heroui/react/date-field';
import { DatePicker } from '@heroui/react/date-picker';
import {
  type CalendarDate,
  type CalendarDateTime,
  parseAbsolute,
  parseDate,
  toCalendarDateTime,
  toZoned,
} from '@internationalized/date';
import { type FocusEvent, type ReactNode, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { warn } from '../overlays/notify';
import { FieldLabel, FieldNotes } from './FieldNotes';
import { aria, type FieldProps } from './field';
import { mendedTo, typedDay } from './mended';

function Picker({ props, help }: { props: FieldProps<string | null>; help: string | undefined }): ReactNode {
  const mended = useMended();
  return (
    <div className="contents" onBlurCapture={mended.onBlur}>
      <FieldLabel label={props.label} />
      <DateField.Group fullWidth>
        <DateField.Input>{segment => <DateField.Segment segment={segment} />}</DateField.Input>
        <DateField.Suffix>
          <DatePicker.Trigger>
            <DatePicker.TriggerIndicator />
          </DatePicker.Trigger>
        </DateField.Suffix>
      </DateField.Group>
      <FieldNotes help={mended.note ?? help} error={props.error} />
      <span role="status" className="sr-only">
        {mended.note}
      </span>
      <DatePicker.Popover>
        <Calendar aria-label={props.label}>
          <Calendar.Header>
            <Calendar.Heading />
            <Calendar.NavButton slot="previous" />
            <Calendar.NavButton slot="next" />
          </Calendar.Header>
          <Calendar.Grid>
            <Calendar.GridHeader>{day => <Calendar.HeaderCell>{day}</Calendar.HeaderCell>}</Calendar.GridHeader>
            <Calendar.GridBody>{date => <Calendar.Cell date={date} />}</Calendar.GridBody>
          </Calendar.Grid>
        </Calendar>
      </DatePicker.Popover>
    </div>
  );
}

/** The field itself makes the last day of the month of 29 February 2027, when it is left. This says so; where the form may go at once, beyond it. */
function useMended() {
  const t = useTranslations('ui');
  const locale = useLocale();
  const [note, setNote] = useState<string>();

  function onBlur(event: FocusEvent) {
    const { currentTarget: field, relatedTarget: next } = event;
    const isSegment = (one: EventTarget | null) => one instanceof Element && one.matches('[data-type]');
    if (!isSegment(event.target) || (isSegment(next) && field.contains(next))) return;
    const typed = typedDay(field);
    const days = typed && mendedTo(typed);
    if (!typed || !days) return setNote(undefined);
    const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
    const sentence = t('noSuchDay', { days, month: month.format(Date.UTC(typed.year, typed.month - 1)) });
    setNote(sentence);
    if (next instanceof HTMLButtonElement && next.type === 'submit') warn(sentence);
  }

  return { note, onBlur };
}

/** A civil date, yyyy-mm-dd. */
export function DateInput(props: FieldProps<string | null>) {
  return (
    <DatePicker<CalendarDate>
      {...aria(props)}
      value={props.value === null ? null : parseDate(props.value)}
      onChange={date => props.onChange(date === null ? null : date.toString())}
      granularity="day"
      shouldForceLeadingZeros
      className="w-full"
    >
      <Picker props={props} help={props.help} />
    </DatePicker>
  );
}

/** An instant (ISO 8601, UTC), typed as wall time in a named zone. */
export function MomentInput(props: FieldProps<string | null> & { zone: string; zoneNote?: string }) {
  const value = props.value === null ? null : toCalendarDateTime(parseAbsolute(props.value, props.zone));
  return (
    <DatePicker<CalendarDateTime>
      {...aria(props)}
      value={value}
      onChange={wall => props.onChange(wall === null ? null : toZoned(wall, props.zone).toAbsoluteString())}
      granularity="minute"
      shouldForceLeadingZeros
      hourCycle={24}
      className="w-full"
    >
      <Picker props={props} help={props.help ?? props.zoneNote} />
    </DatePicker>
  );
}
