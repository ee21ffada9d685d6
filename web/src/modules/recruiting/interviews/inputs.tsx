import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import type { InterviewInput, InterviewRow } from '@/api/types.gen';
import { useFind } from '@/kernel/records/lookups';
import type { OwnInputProps } from '@/kernel/records/noun';
import { fieldWord, useWords, valueWord } from '@/kernel/records/words';
import type { LookupItem } from '@/ui/fields/Lookup';
import { OpenLookup } from '@/ui/fields/OpenLookup';
import { ZoneInput } from '@/ui/fields/ZoneInput';
import { isPast } from './nextHour';
import { When } from './When';

type Props = OwnInputProps<InterviewRow, InterviewInput>;

const text = (value: unknown) => (typeof value === 'string' ? value : null);

/** A colleague, or the typed name of somebody from outside. */
export function InterviewerInput({ value, values: _, set, noun: __, row: ___, ...field }: Props) {
  const find = useFind('/api/v1/users/lookup');
  return (
    <OpenLookup
      {...field}
      value={text(value)}
      find={find}
      maxLength={255}
      onChoose={({ id }) => set({ interviewerUserId: id })}
    />
  );
}

/** One of the usual types, or a word of one's own. */
export function TypeInput({ value, values: _, set, noun, row: __, ...field }: Props) {
  const words = useWords(noun);
  const declared = noun.fields.interviewType;
  const find = useCallback(
    async (search: string): Promise<LookupItem[]> =>
      (declared?.kind === 'choice' ? Object.keys(declared.options) : [])
        .map(id => ({ id, name: valueWord(words, 'interviewType', id) }))
        .filter(item => item.name.toLowerCase().includes(search.toLowerCase())),
    [declared, words],
  );
  const known = declared?.kind === 'choice' && text(value) !== null && String(value) in declared.options;
  return (
    <OpenLookup
      {...field}
      value={known ? valueWord(words, 'interviewType', String(value)) : text(value)}
      find={find}
      maxLength={100}
      onChange={() => undefined}
      onChoose={({ id, name }) => set({ interviewType: id ?? (name === '' ? null : name) })}
    />
  );
}

export function ZoneOfCandidateInput({ value, values: _, set: __, noun: ___, row: ____, ...field }: Props) {
  return <ZoneInput {...field} value={text(value)} />;
}

/** When, how long, and whether everybody is free. What lies in the past is recorded as held. */
export function WhenInput({ value, onChange, values, set, noun, row, error, onBlur }: Props) {
  const words = useWords(noun);
  const t = useTranslations('interviews');
  const at = text(value);
  const held = row === undefined && values.status === 'completed';
  const planned = row === undefined || row.status === 'scheduled' || row.status === 'in_progress';
  return (
    <When
      words={{ time: fieldWord(words, 'scheduledAt'), length: t('minutes') }}
      plan={{
        candidateId: planned ? values.candidateId : null,
        interviewerUserId: values.interviewerUserId,
        interviewerName: values.interviewerName,
        scheduledAt: at,
        durationMins: values.durationMins,
        excludeId: row?.id,
      }}
      candidateZone={values.timeZone ?? null}
      error={error}
      onTime={next => {
        onChange(next);
        if (row === undefined) set({ status: next !== null && isPast(next) ? 'completed' : 'scheduled' });
      }}
      onLength={minutes => set({ durationMins: minutes as number })}
      onBlur={onBlur}
      twice={values.allowDoubleBooking ?? false}
      onTwice={twice => set({ allowDoubleBooking: twice })}
      recordsHeld={held}
    />
  );
}
