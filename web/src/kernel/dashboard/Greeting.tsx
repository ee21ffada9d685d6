import { useNow, useTimeZone, useTranslations } from 'use-intl';
import { useMe } from '../session/useSession';
import { firstName, partOfDay } from './greeting';

/** Who is there and when, and in a sentence what the day brings. */
export function Greeting({ facts }: { facts: readonly string[] }) {
  const t = useTranslations('dashboards');
  const { fullName } = useMe().user;
  const zone = useTimeZone() ?? 'UTC';
  const now = useNow().getTime();
  return (
    <header>
      <h2 className="truncate font-semibold text-[20px]/7 tracking-[-0.015em]">
        {t(`greeting.${partOfDay(now, zone)}`, { name: firstName(fullName) })}
      </h2>
      <p className="text-muted">{facts.length > 0 ? `${facts.join(', ')}.` : t('quietDay')}</p>
    </header>
  );
}
