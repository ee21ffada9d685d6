import type { BookingConflict } from '@/api/types.gen';
import { writeMoment } from '@/ui/time';

/** The parts of a sentence about a booking in the way. */
export function busyParts(conflict: BookingConflict, zone: string, locale: string) {
  const time = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return {
    who: conflict.label,
    from: time.format(Date.parse(conflict.start)),
    to: time.format(Date.parse(conflict.end)),
    what: conflict.title ?? '',
  };
}

/** The time in another zone, or null when its clock shows the same. */
export function elsewhere(iso: string, zone: string, other: string, locale: string): string | null {
  const now = Date.now();
  const there = writeMoment(iso, now, other, locale);
  return there === writeMoment(iso, now, zone, locale) ? null : there;
}
