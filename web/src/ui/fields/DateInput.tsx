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
import { type FocusEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { FieldLabel, FieldNotes } from './FieldNotes';
import { aria, type FieldProps } from './field';
import { mendedTo, typedDay } from './mended';

function Picker({ props, help }: { props: FieldProps<string | null>; help: string | undefined }): ReactNode {
  const mended = useMended();
  return (
    <div className="contents" onBlurCapture={mended.onBlur} onKeyDownCapture={mended.onKeyDown}>
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

/** The field itself makes the last day of the month of 29 February 2027, when it is left. This says so, and lets nobody save before having seen it. */
function useMended() {
  const t = useTranslations('ui');
  const locale = useLocale();
  const [note, setNote] = useState<string>();

  function say(field: Element): boolean {
    const typed = typedDay(field);
    const days = typed && mendedTo(typed);
    setNote(
      typed && days
        ? t('noSuchDay', {
            days,
            month: new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
              Date.UTC(typed.year, typed.month - 1),
            ),
          })
        : undefined,
    );
    return Boolean(days);
  }

  return {
    note,
    onBlur: (event: FocusEvent) => {
      const isSegment = (one: EventTarget | null) => one instanceof Element && one.matches('[data-type]');
      if (
        isSegment(event.target) &&
        !(isSegment(event.relatedTarget) && event.currentTarget.contains(event.relatedTarget))
      )
        say(event.currentTarget);
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.target instanceof HTMLElement) || !say(event.currentTarget)) return;
      event.preventDefault();
      event.stopPropagation();
      event.target.blur();
      event.target.focus();
    },
  };
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
