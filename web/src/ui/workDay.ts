import { createContext, useContext } from 'react';
import { useNow, useTimeZone } from 'use-intl';
import { wallOf } from './calendar/wall';

/** The zone of the workspace (IANA name), in which its civil dates pass; without one the reader's own. */
export const WorkZone = createContext<string | undefined>(undefined);

/** Where the workspace's days begin and end. Instants are still shown in the zone of whoever reads them. */
export function useWorkZone(): string {
  const own = useTimeZone() ?? 'UTC';
  return useContext(WorkZone) ?? own;
}

/** Where days begin and end: those of civil dates in the workspace, those of instants where the reader is. */
export function useDayZone(civil: boolean): string {
  const own = useTimeZone() ?? 'UTC';
  const work = useWorkZone();
  return civil ? work : own;
}

/** Today (yyyy-mm-dd) in the workspace: what its dates are late, due or "tomorrow" by, as the server counts them. */
export function useWorkDay(): string {
  const zone = useWorkZone();
  return wallOf(useNow().getTime(), zone).day;
}
