import { useCallback } from 'react';
import { Lookup } from '@/ui/fields/Lookup';

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')];

/** A time zone by its IANA name, found by typing a city. */
export function ZoneInput(props: {
  label: string;
  help?: string;
  value: string;
  onChange: (zone: string) => void;
  error?: string | undefined;
  disabled?: boolean;
}) {
  const find = useCallback(async (search: string) => {
    const wanted = search.toLowerCase().replaceAll(' ', '_');
    return zones
      .filter(zone => zone.toLowerCase().includes(wanted))
      .slice(0, 50)
      .map(zone => ({ id: zone, name: zone.replaceAll('_', ' ') }));
  }, []);
  return (
    <Lookup
      label={props.label}
      help={props.help}
      error={props.error}
      disabled={props.disabled ?? false}
      value={props.value}
      chosenName={props.value.replaceAll('_', ' ')}
      onChange={zone => zone && props.onChange(zone)}
      find={find}
    />
  );
}
