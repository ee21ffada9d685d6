import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { InterviewRow } from '@/api/types.gen';
import type { Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { recordKeys } from '@/kernel/records/keys';
import type { Noun } from '@/kernel/records/noun';
import type { RecordPage } from '@/kernel/records/useRecords';

/** More blocks than this no calendar can show; the person is told to filter. */
export const mostShown = 1_000;
const pageSize = 200;
/** No interview is longer, so none that began earlier reaches into the range. */
const longest = 480 * 60_000;

/** The interviews of the list's search and filters that touch a range of time; its own range steps aside. */
export function useInterviewsBetween(noun: Noun, list: Readonly<Record<string, string>>, from: number, to: number) {
  const query: Record<string, string> = {
    ...Object.fromEntries(Object.entries(list).filter(([name]) => !name.startsWith('scheduledAt'))),
    sort: 'scheduledAt',
    'scheduledAt.gte': new Date(from - longest).toISOString(),
    'scheduledAt.lt': new Date(to).toISOString(),
  };
  return useQuery<RecordPage<InterviewRow>, Problem>({
    queryKey: [...recordKeys.lists(noun.key), 'between', query],
    queryFn: async ({ signal }) => {
      const page = (number: number) =>
        request<RecordPage<InterviewRow>>('GET', noun.path, {
          query: { ...query, limit: pageSize, page: number },
          signal,
        });
      const first = await page(1);
      const pages = Math.min(Math.ceil(first.total / pageSize), mostShown / pageSize);
      const rest = await Promise.all(Array.from({ length: Math.max(0, pages - 1) }, (_, place) => page(place + 2)));
      const items = [first, ...rest].flatMap(one => one.items).filter(row => Date.parse(row.endsAt) > from);
      return { ...first, items };
    },
    placeholderData: keepPreviousData,
  });
}
