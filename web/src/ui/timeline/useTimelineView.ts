import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { type Zoom, zooms } from './scale';

/** How near a timeline is looked at, kept in the address, and the day it was last asked to show. */
export function useTimelineView(today: string) {
  const [params, setParams] = useSearchParams();
  const [goTo, setGoTo] = useState({ day: today });
  const zoom = zooms.find(one => one === params.get('zoom')) ?? 'weeks';
  return useMemo(
    () => ({
      zoom,
      goTo,
      show: (day: string) => setGoTo({ day }),
      setZoom: (next: Zoom) =>
        setParams(
          before => {
            if (next === 'weeks') before.delete('zoom');
            else before.set('zoom', next);
            return before;
          },
          { replace: true, preventScrollReset: true },
        ),
    }),
    [zoom, goTo, setParams],
  );
}
