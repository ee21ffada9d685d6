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
import type { ReactNode } from 'react';
import { FieldLabel, FieldNotes } from './FieldNotes';
import { aria, type FieldProps } from './field';

function Picker({ props, help }: { props: FieldProps<string | null>; help: string | undefined }): ReactNode {
  return (
    <>
      <FieldLabel label={props.label} />
      <DateField.Group fullWidth>
        <DateField.Input>{segment => <DateField.Segment segment={segment} />}</DateField.Input>
        <DateField.Suffix>
          <DatePicker.Trigger>
            <DatePicker.TriggerIndicator />
          </DatePicker.Trigger>
        </DateField.Suffix>
      </DateField.Group>
      <FieldNotes help={help} error={props.error} />
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
    </>
  );
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
