import { Calendar } from '@heroui/react/calendar';
import { parseDate } from '@internationalized/date';
import { useId, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { readDay } from './readDay';

/** A date typed as people write it, or picked. `onSet` gets the text: "+7" means something else for each cell. */
export function DateEditor(props: {
  label: string;
  /** What was typed on the grid already. */
  typed: string;
  value: string | null;
  near: string;
  today: string;
  onSet: (text: string) => void;
}) {
  const t = useTranslations('ui');
  const locale = useLocale();
  const hint = useId();
  const [text, setText] = useState(props.typed);
  const [failed, setFailed] = useState(false);
  const read = text.trim() === '' ? props.value : readDay(text, props.value ?? props.near, props.today);
  const whole = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  const shown = parseDate(read ?? props.value ?? props.near);
  const wrong = text.trim() !== '' && read === null;
  return (
    <div className="date-editor">
      <form
        noValidate
        onSubmit={event => {
          event.preventDefault();
          if (wrong) setFailed(true);
          else props.onSet(text.trim() === '' ? (props.value ?? '') : text);
        }}
      >
        <input
          // biome-ignore lint/a11y/noAutofocus: typing goes on where it began
          autoFocus
          aria-label={props.label}
          aria-describedby={hint}
          aria-invalid={wrong && failed}
          className="date-editor__text"
          placeholder={t('typeDate')}
          value={text}
          onChange={event => {
            setText(event.target.value);
            setFailed(false);
          }}
        />
        <p id={hint} role="status" className={wrong && failed ? 'date-editor__hint text-danger' : 'date-editor__hint'}>
          {text.trim() === '' ? t('typeDateHelp') : read === null ? t('noDate') : whole.format(Date.parse(read))}
        </p>
      </form>
      <Calendar
        key={shown.toString()}
        aria-label={props.label}
        value={read === null ? null : shown}
        defaultFocusedValue={shown}
        firstDayOfWeek="mon"
        onChange={date => props.onSet(date.toString())}
      >
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
      {props.value !== null && (
        <button type="button" className="date-editor__clear" onClick={() => props.onSet('')}>
          {t('clearDate')}
        </button>
      )}
    </div>
  );
}
