import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { useAccess } from '@/kernel/session/useSession';
import { dayNumber, weekdayOf } from '@/ui/days';

export const weekdays: readonly string[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

/** What the workspace chose about its productions. */
export interface ProductionSettings {
  workDays: string[];
  holidays: { date: string; name: string }[];
  currency: string;
}

const usual = new Set([1, 2, 3, 4, 5]);

/** The days people work on, and why not on others. Who may not read the settings sees an ordinary week. */
export function useWorkCalendar() {
  const t = useTranslations('production.projects');
  const locale = useLocale();
  const can = useAccess();
  const { data } = useQuery<{ modules: { production?: ProductionSettings } }, Problem>({
    queryKey: ['settings'],
    queryFn: ({ signal }) => request('GET', '/api/v1/settings', { signal }),
    enabled: can('settings'),
    staleTime: 300_000,
  });
  const settings = data?.modules.production;
  return useMemo(() => {
    const days = settings?.workDays.map(day => weekdays.indexOf(day.toLowerCase()) + 1);
    const workWeek: ReadonlySet<number> = days ? new Set(days) : usual;
    const holidays: ReadonlyMap<string, string> = new Map(settings?.holidays.map(({ date, name }) => [date, name]));
    const write = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
      timeZone: 'UTC',
      weekday: 'short',
      day: 'numeric',
      month: 'short',
    });
    return {
      workWeek,
      holidays,
      /** Why nobody works on this day, as a sentence; null when they do. */
      dayOff: (day: string): string | null => {
        const words = write.format(Date.parse(day));
        const name = holidays.get(day);
        if (name !== undefined) return t('dayOffNamed', { day: words, name });
        return workWeek.has(weekdayOf(dayNumber(day))) ? null : t('dayOff', { day: words });
      },
    };
  }, [settings, t, locale]);
}
