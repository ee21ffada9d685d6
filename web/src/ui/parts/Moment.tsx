import { useLocale, useNow, useTimeZone } from 'use-intl';
import { writeDate, writeDays, writeExactly, writeMoment } from '../time';
import { useWorkDay } from '../workDay';

/** An instant in the person's zone; exact on hover. `within` a sentence it begins with a small letter. */
export function Moment({ at, time = true, within = false }: { at: string; time?: boolean; within?: boolean }) {
  const zone = useTimeZone() ?? 'UTC';
  const locale = useLocale();
  const now = useNow().getTime();
  return (
    <time className="tabular-nums" dateTime={at} title={writeExactly(at, zone, locale)}>
      {writeMoment(at, now, zone, locale, time, within ? 'within' : 'alone')}
    </time>
  );
}

/** A civil date; today is the workspace's. */
export function CivilDate({ on, within = false }: { on: string; within?: boolean }) {
  return (
    <time className="tabular-nums" dateTime={on}>
      {writeDate(on, useWorkDay(), useLocale(), within ? 'within' : 'alone')}
    </time>
  );
}

/** Civil dates from a first to a last one, as short as they can be said. */
export function CivilDays({ start, end }: { start: string; end: string }) {
  const text = writeDays(start, end, useWorkDay(), useLocale());
  return (
    <span className="tabular-nums" title={text}>
      {text}
    </span>
  );
}
