import { parseDate } from '@internationalized/date';
import { useSearchParams } from 'react-router';
import { useLocale } from 'use-intl';
import { usePhone } from '../media';
import { addDays, monthOf, weekOf } from './wall';

export const spans = ['day', 'week', 'month'] as const;
export type Span = (typeof spans)[number];

interface Step {
  span?: Span;
  day?: string;
  /** That many days, weeks or months on. */
  by?: number;
  lanes?: boolean;
}

/** Which days the calendar shows; the address holds them, unless they are the `first` ones. */
export function useCalendarPlace(today: string, first: Span = 'week') {
  const [params, setParams] = useSearchParams();
  const locale = useLocale();
  const phone = usePhone();
  const span = spans.find(one => one === params.get('span')) ?? first;
  const day = readDay(params.get('date')) ?? today;
  const lanes = params.get('lanes') !== 'off';

  function go(step: Step) {
    setParams(
      before => {
        const next = step.day ?? (step.by === undefined ? day : stepped(day, span, step.by));
        put(before, 'date', next === today ? null : next);
        if (step.span !== undefined) put(before, 'span', step.span === first ? null : step.span);
        if (step.lanes !== undefined) put(before, 'lanes', step.lanes ? null : 'off');
        return before;
      },
      { replace: true, preventScrollReset: true },
    );
  }

  return { span, day, lanes, days: daysOf(span, day), title: titleOf(span, day, locale, phone), go };
}

export function stepped(day: string, span: Span, by: number): string {
  if (span === 'month')
    return parseDate(`${day.slice(0, 7)}-01`)
      .add({ months: by })
      .toString();
  return addDays(day, span === 'week' ? 7 * by : by);
}

/** All days that are shown, in order. */
export function daysOf(span: Span, day: string): string[] {
  return span === 'day' ? [day] : span === 'week' ? weekOf(day) : monthOf(day).flat();
}

export function titleOf(span: Span, day: string, locale: string, short: boolean): string {
  const language = locale === 'en' ? 'en-GB' : locale;
  const at = (one: string) => new Date(`${one}T00:00:00Z`);
  const utc = { timeZone: 'UTC' } as const;
  if (span === 'month')
    return new Intl.DateTimeFormat(language, { ...utc, month: short ? 'short' : 'long', year: 'numeric' }).format(
      at(day),
    );
  if (span === 'day') {
    const options = { ...utc, weekday: 'short', day: 'numeric', month: short ? 'short' : 'long' } as const;
    return new Intl.DateTimeFormat(language, short ? options : { ...options, year: 'numeric' }).format(at(day));
  }
  const days = weekOf(day);
  const options = { ...utc, day: 'numeric', month: 'short' } as const;
  return new Intl.DateTimeFormat(language, short ? options : { ...options, year: 'numeric' }).formatRange(
    at(days[0] ?? day),
    at(days[6] ?? day),
  );
}

function readDay(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  try {
    return parseDate(text).toString();
  } catch {
    return null;
  }
}

function put(params: URLSearchParams, name: string, value: string | null) {
  if (value === null) params.delete(name);
  else params.set(name, value);
}
