import { useNow, useTimeZone, useTranslations } from 'use-intl';
import { useMe } from '../session/useSession';
import { firstName, partOfDay } from './greeting';

/** Who is there and when; and, where one module fills the page, in a sentence what the day brings. */
export function Greeting({ facts }: { facts?: readonly string[] }) {
  const t = useTranslations('dashboards');
  const { fullName } = useMe().user;
  const zone = useTimeZone() ?? 'UTC';
  const now = useNow().getTime();
  return (
    <header>
      <h2 className="truncate font-semibold text-[20px]/7 tracking-[-0.015em]">
        {t(`greeting.${partOfDay(now, zone)}`, { name: firstName(fullName) })}
      </h2>
      {facts && <Facts facts={facts} />}
    </header>
  );
}

/** The head of a module's part: a greeting where it has the page to itself, else its name; and what the day brings. */
export function PartHead({ name, facts }: { name: string | null; facts: readonly string[] }) {
  if (name === null) return <Greeting facts={facts} />;
  return (
    <header>
      <h2 className="truncate font-semibold text-[15px]/6 tracking-[-0.01em]">{name}</h2>
      <Facts facts={facts} />
    </header>
  );
}

function Facts({ facts }: { facts: readonly string[] }) {
  const t = useTranslations('dashboards');
  return <p className="text-muted">{facts.length > 0 ? `${facts.join(', ')}.` : t('quietDay')}</p>;
}
