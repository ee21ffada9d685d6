const day = 86_400_000;

function civil(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  );
}

/** Days between the civil dates of two instants in a zone; 0 is today, 1 tomorrow. */
export function daysFrom(instant: number, now: number, timeZone: string): number {
  return Math.round((Date.parse(civil(instant, timeZone)) - Date.parse(civil(now, timeZone))) / day);
}

/** Whether the words begin a line, or stand within a sentence: "Today 14:30", "yesterday". */
export type Standing = 'alone' | 'within';

/** A moment as people write it: "Today 14:30", "Thu 20 Nov 14:30", with the year when it is another one. */
export function writeMoment(
  iso: string,
  now: number,
  timeZone: string,
  locale: string,
  withTime = true,
  standing: Standing = 'alone',
): string {
  const instant = Date.parse(iso);
  const days = daysFrom(instant, now, timeZone);
  const time = withTime
    ? ` ${new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant)}`
    : '';
  if (Math.abs(days) <= 1) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
    return (standing === 'within' ? word : word.charAt(0).toLocaleUpperCase(locale) + word.slice(1)) + time;
  }
  const sameYear = civil(instant, timeZone).slice(0, 4) === civil(now, timeZone).slice(0, 4);
  const options: Intl.DateTimeFormatOptions = { timeZone, day: 'numeric', month: 'short' };
  if (sameYear) options.weekday = 'short';
  else options.year = 'numeric';
  return new Intl.DateTimeFormat(dayFirst(locale), options).format(instant).replace(',', '') + time;
}

/** A civil date (yyyy-mm-dd), which belongs to no zone, seen from the civil date of today. */
export function writeDate(date: string, today: string, locale: string, standing: Standing = 'alone'): string {
  return writeMoment(`${date}T00:00:00Z`, Date.parse(today), 'UTC', locale, false, standing);
}

/** Civil dates from a first to a last one, saying the month and the year once: "22 – 24 Oct 2025", "30 Nov – 2 Dec". */
export function writeDays(start: string, end: string, today: string, locale: string): string {
  if (start === end) return writeDate(start, today, locale);
  const thisYear = today.slice(0, 4);
  const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC', day: 'numeric', month: 'short' };
  if (start.slice(0, 4) !== thisYear || end.slice(0, 4) !== thisYear) options.year = 'numeric';
  return new Intl.DateTimeFormat(dayFirst(locale), options).formatRange(Date.parse(start), Date.parse(end));
}

/** A civil date as short as it can be: "20 Nov", with the year when it is another one. */
export function writeShortDate(date: string, today: string, locale: string): string {
  const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC', day: 'numeric', month: 'short' };
  if (date.slice(0, 4) !== today.slice(0, 4)) options.year = '2-digit';
  return new Intl.DateTimeFormat(dayFirst(locale), options).format(Date.parse(date));
}

/** How long ago, as short as it can be: "now", "5 min ago", "3 h ago"; of another day the time of that day. */
export function writeAgo(iso: string, now: number, timeZone: string, locale: string): string {
  const instant = Date.parse(iso);
  const minutes = Math.floor((now - instant) / 60_000);
  if (daysFrom(instant, now, timeZone) !== 0) {
    return new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
      instant,
    );
  }
  const ago = new Intl.RelativeTimeFormat(dayFirst(locale), { numeric: 'auto', style: 'short' });
  if (minutes < 1) return ago.format(0, 'second');
  return minutes < 60 ? ago.format(-minutes, 'minute') : ago.format(-Math.floor(minutes / 60), 'hour');
}

/** Exact, with zone, for the hover text. */
export function writeExactly(iso: string, timeZone: string, locale: string): string {
  return new Intl.DateTimeFormat(dayFirst(locale), { timeZone, dateStyle: 'full', timeStyle: 'long' }).format(
    Date.parse(iso),
  );
}

/** 75 → "1:15", 3700 → "1:01:40". */
export function writeDuration(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Minutes of work as people say them: 45 → "45 min", 480 → "8 h", 510 → "8 h 30 min". */
export function writeWork(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 && `${hours} h`, (rest > 0 || hours === 0) && `${rest} min`].filter(Boolean).join(' ');
}

/** A length of time in the largest unit it is whole in: 15 → "15 minutes", 120 → "2 hours", 1440 → "1 day". */
export function writeSpan(minutes: number, locale: string): string {
  const [unit, size] =
    minutes > 0 && minutes % 10_080 === 0
      ? (['week', 10_080] as const)
      : minutes > 0 && minutes % 1_440 === 0
        ? (['day', 1_440] as const)
        : minutes > 0 && minutes % 60 === 0
          ? (['hour', 60] as const)
          : (['minute', 1] as const);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(minutes / size);
}

/** Seconds of "2:30" (minutes and seconds), "1:02:30" or "2" (minutes); null when it is none of these. */
export function readDuration(text: string): number | null {
  const parts = text.trim().split(':');
  if (parts.length > 3 || parts.some(part => !/^\d{1,4}$/.test(part))) return null;
  const numbers = parts.map(Number);
  if (numbers.length === 1) numbers.push(0);
  return numbers.reduce((sum, part) => sum * 60 + part, 0);
}

// Plain "en" writes the month first, which reads as another date to most of the world.
const dayFirst = (locale: string) => (locale === 'en' ? 'en-GB' : locale);
