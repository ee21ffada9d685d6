import { useMemo } from 'react';
import type { InterviewRow } from '@/api/types.gen';
import type { Noun } from '@/kernel/records/noun';
import { useAllRecords } from '@/kernel/records/useRecords';

/** No interview is longer, so none that began earlier reaches into the range. */
const longest = 480 * 60_000;

/** The interviews of the list's search and filters that touch a range of time; its own range steps aside. */
export function useInterviewsBetween(noun: Noun, list: Readonly<Record<string, string>>, from: number, to: number) {
  const found = useAllRecords<InterviewRow>(noun, {
    ...Object.fromEntries(Object.entries(list).filter(([name]) => !name.startsWith('scheduledAt'))),
    sort: 'scheduledAt',
    'scheduledAt.gte': new Date(from - longest).toISOString(),
    'scheduledAt.lt': new Date(to).toISOString(),
  });
  const { data } = found;
  const rows = useMemo(() => (data?.items ?? []).filter(row => Date.parse(row.endsAt) > from), [data, from]);
  return { ...found, rows };
}
