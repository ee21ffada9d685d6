import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import { useMe } from '@/kernel/session/useSession';
import { MomentInput } from '@/ui/fields/DateInput';
import { NumberInput } from '@/ui/fields/NumberInput';
import { Presets } from '@/ui/fields/Presets';
import { writeZone } from '@/ui/fields/ZoneInput';
import { AvailabilityNote, type Plan } from './Availability';
import { elsewhere } from './words';

const usual = [15, 30, 45, 60, 90].map(minutes => ({ value: minutes, name: `${minutes} min` }));

/** Time and length of an interview, and whether its people are free then. */
export function When(props: {
  words: { time: string; length: string };
  plan: Plan;
  candidateZone: string | null;
  error: string | undefined;
  lengthError?: string | undefined;
  onTime: (scheduledAt: string | null) => void;
  onLength: (durationMins: number | null) => void;
  onBlur?: (() => void) | undefined;
  twice: boolean;
  onTwice: (twice: boolean) => void;
  recordsHeld?: boolean;
}) {
  const t = useTranslations('interviews');
  const zone = useTimeZone() ?? 'UTC';
  const locale = useLocale();
  const { tenant } = useMe();
  const { plan } = props;
  const other = props.candidateZone ?? tenant.timeZone;
  const there = plan.scheduledAt ? elsewhere(plan.scheduledAt, zone, other, locale) : null;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-start gap-3">
        <div className="flex min-w-0 flex-1">
          <MomentInput
            label={props.words.time}
            name="scheduledAt"
            required
            value={plan.scheduledAt ?? null}
            onChange={props.onTime}
            error={props.error}
            zone={zone}
            zoneNote={there === null ? writeZone(zone) : t('otherZones', { time: there, zone: writeZone(other) })}
            {...(props.onBlur ? { onBlur: props.onBlur } : {})}
          />
        </div>
        <div className="w-24 flex-none">
          <NumberInput
            label={props.words.length}
            name="durationMins"
            min={5}
            max={480}
            error={props.lengthError}
            value={plan.durationMins ?? null}
            onChange={props.onLength}
          />
        </div>
      </div>
      <Presets
        label={t('durationPresets')}
        options={usual}
        chosen={plan.durationMins ?? null}
        onChoose={props.onLength}
      />
      {props.recordsHeld ? (
        <p className="text-muted text-sm">{t('pastTime')}</p>
      ) : (
        <AvailabilityNote plan={plan} onTime={props.onTime} twice={props.twice} onTwice={props.onTwice} />
      )}
    </div>
  );
}
