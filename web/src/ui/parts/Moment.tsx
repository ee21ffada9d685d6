import { useLocale, useNow, useTimeZone } from 'use-intl';
import { writeDate, writeExactly, writeMoment } from '../time';

/** An instant in the person's zone; exact on hover. */
export function Moment({ at, time = true }: { at: string; time?: boolean }) {
  const zone = useTimeZone() ?? 'UTC';
  const locale = useLocale();
  const now = useNow().getTime();
  return (
    <time className="tabular-nums" dateTime={at} title={writeExactly(at, zone, locale)}>
      {writeMoment(at, now, zone, locale, time)}
    </time>
  );
}

/** A civil date. */
export function CivilDate({ on }: { on: string }) {
  return (
    <time className="tabular-nums" dateTime={on}>
      {writeDate(on, useNow().getTime(), useLocale())}
    </time>
  );
}
