import { useNow, useTimeZone } from 'use-intl';
import { wallOf } from '@/ui/calendar/wall';

/** The civil date of now in the person's zone, and the instant for writing dates against it. */
export function useToday(): { today: string; now: number } {
  const zone = useTimeZone() ?? 'UTC';
  const now = useNow().getTime();
  return { today: wallOf(now, zone).day, now };
}
