import { useEffect } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { SharedRecord } from '@/api/types.gen';
import { FieldValue } from '@/kernel/records/FieldValue';
import type { Noun } from '@/kernel/records/noun';
import { fieldWord } from '@/kernel/records/words';
import { Moment } from '@/ui/parts/Moment';
import { readableFields, titleOf } from './projection';
import { SharedComments } from './SharedComments';

const unknown = { words: { en: { fields: {} } }, fields: {} } as unknown as Noun;

/** A record to read, with who shared it and until when. */
export function SharedFields({ token, record, noun }: { token: string; record: SharedRecord; noun: Noun | undefined }) {
  const t = useTranslations('shared');
  const locale = useLocale();
  const words = noun && (noun.words[locale] ?? noun.words.en);
  const fields = record.fields as Record<string, unknown>;
  const one = words?.one ?? fieldWord(unknown.words.en, record.noun);
  const title = titleOf(fields, noun, one);
  const names = readableFields(fields, noun).filter(name => fields[name] !== title);

  useEffect(() => {
    document.title = `${title} · Tessera`;
    // A link is for those who were given it, not for search engines.
    const robots = document.createElement('meta');
    robots.name = 'robots';
    robots.content = 'noindex';
    document.head.append(robots);
    return () => robots.remove();
  }, [title]);

  return (
    <main className="h-full overflow-auto bg-canvas">
      <div className="mx-auto max-w-[720px] px-4 py-6 sm:py-12">
        <article className="rounded-xl border border-border bg-sheet p-5 shadow-surface sm:p-8">
          <p className="flex items-center gap-2 text-muted text-sm">
            <img src="/favicon.svg" alt="" width={18} height={18} />
            {record.tenantName}
            {title !== one && <> · {one}</>}
          </p>
          <h1 className="mt-3 break-words font-semibold text-[20px]/7 tracking-[-0.015em]">{title}</h1>
          {names.length === 0 ? (
            <p className="mt-6 text-muted text-sm">{t('empty')}</p>
          ) : (
            <dl className="mt-6 grid gap-x-8 gap-y-4 sm:grid-cols-2">
              {names.map(name => (
                <div key={name} className={isLong(fields[name]) ? 'min-w-0 sm:col-span-2' : 'min-w-0'}>
                  <dt className="text-muted text-xs">{fieldWord((noun ?? unknown).words.en, name)}</dt>
                  <dd className="mt-0.5 break-words text-sm">
                    <FieldValue
                      noun={noun ?? unknown}
                      name={name}
                      value={fields[name]}
                      row={fields as never}
                      wide={noun?.fields[name]?.kind !== 'lookup'}
                    />
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </article>
        {record.comments.length > 0 && <SharedComments token={token} comments={record.comments} />}
        <footer className="mt-4 flex flex-col gap-0.5 px-1 text-muted text-xs">
          <p>{t('by', { name: record.sharedBy, tenant: record.tenantName })}</p>
          <p>{t.rich('until', { date: () => <Moment at={record.expiresAt} within /> })}</p>
          {!record.includesPersonal && <p>{t('impersonal')}</p>}
        </footer>
      </div>
    </main>
  );
}

const isLong = (value: unknown) => typeof value === 'string' && value.length > 60;
