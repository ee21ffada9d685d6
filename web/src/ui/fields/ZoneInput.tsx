import { useCallback } from 'react';
import type { FieldProps } from './field';
import { Lookup, type LookupItem } from './Lookup';

/** How people read the name of a zone: "Europe/Lisbon" is Lisbon. */
export const writeZone = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** An IANA time zone, found by the name of its place. */
export function ZoneInput(props: FieldProps<string | null>) {
  const find = useCallback(async (search: string): Promise<LookupItem[]> => {
    const words = search.toLowerCase().replaceAll(' ', '_');
    return Intl.supportedValuesOf('timeZone')
      .filter(zone => zone.toLowerCase().includes(words))
      .slice(0, 50)
      .map(zone => ({ id: zone, name: writeZone(zone), detail: zone.split('/')[0] }));
  }, []);
  return <Lookup {...props} find={find} chosenName={props.value === null ? null : writeZone(props.value)} />;
}
