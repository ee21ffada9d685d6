import { useQuery } from '@tanstack/react-query';
import type { Problem } from '../http/problem';
import { request } from '../http/request';
import type { Noun } from '../records/noun';
import type { ExchangeNoun } from './contract';
import { exchangeName } from './names';

export const exchangePath = '/api/v1/exchange';

/** What can go in and out, of all nouns the person may see. */
export function useExchangeNouns() {
  return useQuery<{ items: ExchangeNoun[] }, Problem>({
    queryKey: ['exchange', 'nouns'],
    queryFn: ({ signal }) => request('GET', `${exchangePath}/nouns`, { signal }),
    staleTime: 5 * 60_000,
  });
}

/** What can go in and out of one noun; undefined while it is being found out, null when nothing can. */
export function useExchange(noun: Pick<Noun, 'path'>): ExchangeNoun | null | undefined {
  const { data, error } = useExchangeNouns();
  if (data === undefined) return error ? null : undefined;
  return data.items.find(one => one.noun === exchangeName(noun)) ?? null;
}
