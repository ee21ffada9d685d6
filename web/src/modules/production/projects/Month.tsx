import { useLocale } from 'use-intl';

/** A month, told by any of its days. */
export function Month({ of }: { of: string }) {
  const locale = useLocale();
  const options = { timeZone: 'UTC', month: 'short', year: 'numeric' } as const;
  return <span>{new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, options).format(Date.parse(of))}</span>;
}
