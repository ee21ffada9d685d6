import CheckCircle from '@heroicons/react/16/solid/CheckCircleIcon';
import ExclamationTriangle from '@heroicons/react/16/solid/ExclamationTriangleIcon';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useState } from 'react';
import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import { useMe } from '@/kernel/session/useSession';
import { Presets } from '@/ui/fields/Presets';
import { Toggle } from '@/ui/fields/Toggle';
import { writeMoment } from '@/ui/time';
import { availability } from './api';
import { busyParts } from './words';

/** What is being planned, as far as it is chosen. */
export interface Plan {
  candidateId: string | null | undefined;
  interviewerUserId: string | null | undefined;
  interviewerName: string | null | undefined;
  scheduledAt: string | null | undefined;
  durationMins: number | null | undefined;
  excludeId?: string | undefined;
}

/** Roles that may book somebody twice and open a closed interview again. */
export function useIsManager(): boolean {
  const { role } = useMe().user;
  return role === 'admin' || role === 'manager';
}

/** Says while one is still choosing whether everybody is free, and offers the next times when they are. */
export function AvailabilityNote(props: {
  plan: Plan;
  onTime: (scheduledAt: string) => void;
  twice: boolean;
  onTwice: (twice: boolean) => void;
}) {
  const t = useTranslations('interviews');
  const zone = useTimeZone() ?? 'UTC';
  const locale = useLocale();
  const manager = useIsManager();
  const query = useDebounced(queryOf(props.plan));
  const answer = useQuery({
    queryKey: ['records', 'interviews', 'conflicts', query],
    queryFn: ({ signal }) => (query ? availability(query, signal) : null),
    enabled: query !== null,
    staleTime: 5_000,
    retry: false,
  });
  const found = useDeferredValue(answer.data);
  if (query === null) return <p className="text-muted text-xs">{t('choosePeople')}</p>;
  if (answer.isError) return null;
  if (!found) return <p className="text-muted text-xs">{t('checking')}</p>;
  if (found.conflicts.length === 0) {
    return (
      <p role="status" className="flex items-center gap-1.5 text-sm">
        <CheckCircle className="size-4 flex-none text-success" />
        {t('everybodyFree')}
      </p>
    );
  }
  return (
    <div role="status" className="busy-note">
      <ul className="flex flex-col gap-1">
        {found.conflicts.map(conflict => (
          <li key={`${conflict.label} ${conflict.start}`} className="flex gap-1.5">
            <ExclamationTriangle className="mt-0.5 size-4 flex-none text-tone-amber" />
            <span className="min-w-0 break-words">
              {t(conflict.title ? 'busyWith' : 'busy', busyParts(conflict, zone, locale))}
            </span>
          </li>
        ))}
      </ul>
      {found.suggestions.length > 0 && (
        <div className="flex flex-col gap-1.5">
          <span className="text-muted text-xs">{t('freeSlots')}</span>
          <Presets
            label={t('freeSlots')}
            chosen={props.plan.scheduledAt ?? null}
            options={found.suggestions.map(at => ({ value: at, name: writeMoment(at, Date.now(), zone, locale) }))}
            onChoose={props.onTime}
          />
        </div>
      )}
      {manager && (
        <Toggle label={t('bookTwice')} help={t('bookTwiceHelp')} value={props.twice} onChange={props.onTwice} />
      )}
    </div>
  );
}

function queryOf(plan: Plan) {
  const { candidateId, interviewerUserId, interviewerName, scheduledAt, durationMins } = plan;
  if (!candidateId || !scheduledAt || !durationMins || durationMins < 5 || durationMins > 480) return null;
  if (!interviewerUserId && !interviewerName?.trim()) return null;
  return {
    candidateId,
    scheduledAt,
    durationMins,
    ...(interviewerUserId ? { interviewerUserId } : { interviewerName: interviewerName ?? '' }),
    ...(plan.excludeId ? { excludeId: plan.excludeId } : {}),
  };
}

/** The value once it has rested for a quarter of a second. */
function useDebounced<Value>(value: Value): Value {
  const text = JSON.stringify(value);
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return JSON.parse(rested) as Value;
}
