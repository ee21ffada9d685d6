import ChevronRight from '@heroicons/react/16/solid/ChevronRightIcon';
import { Button } from '@heroui/react/button';
import { memo, useId, useState } from 'react';
import { Link } from 'react-router';
import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import { FieldValue } from '@/kernel/records/FieldValue';
import { fieldOf, type Noun } from '@/kernel/records/noun';
import { fieldWord, useWords } from '@/kernel/records/words';
import { useAccess } from '@/kernel/session/useSession';
import { classes } from '@/ui/classes';
import { Avatar } from '@/ui/parts/Avatar';
import { DiffList } from '@/ui/parts/DiffList';
import { writeExactly } from '@/ui/time';
import { did, nounOf, targetWord } from './auditNoun';
import { usePutBack } from './putBack';
import type { AuditRow } from './trail';

/** One line of the trail: when, who, what, on which record; opened, field by field. */
export const Entry = memo(function Entry({
  row,
  nouns,
  person,
}: {
  row: AuditRow;
  nouns: readonly Noun[];
  person: string | undefined;
}) {
  const t = useTranslations('activity');
  const zone = useTimeZone() ?? 'UTC';
  const locale = useLocale();
  const id = useId();
  const [open, setOpen] = useState(false);
  const noun = nounOf(row.target, nouns);
  const time = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const more = row.changes.length > 0 || row.reason !== null || row.traceId !== null;
  return (
    <li className="trail__entry">
      <time className="trail__time" dateTime={row.at} title={writeExactly(row.at, zone, locale)}>
        {time.format(Date.parse(row.at))}
      </time>
      <Avatar name={row.actor.name} />
      <p className="trail__line">
        <Sentence row={row} noun={noun} nouns={nouns} person={person} />
        {row.reason && <span className="text-muted"> “{row.reason}”</span>}
      </p>
      {more ? (
        <button
          type="button"
          className="trail__more"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <span className={row.changes.length > 0 ? 'max-sm:sr-only' : 'sr-only'}>
            {row.changes.length > 0 ? t('fields', { count: row.changes.length }) : t('details')}
          </span>
          <ChevronRight className={classes('size-4 flex-none', open && 'rotate-90')} />
        </button>
      ) : (
        <span />
      )}
      {open && (
        <div id={id} className="trail__details">
          {row.changes.length > 0 && (
            <div className="mb-3">
              <Changes row={row} noun={noun} />
            </div>
          )}
          <dl className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs">
            <div>
              <dt className="inline">{t('seal')}</dt> <dd className="inline">{t(row.sealed ? 'sealed' : 'pending')}</dd>
            </div>
            {row.traceId && (
              <div className="min-w-0">
                <dt className="inline">{t('trace')}</dt>{' '}
                <dd className="inline select-all break-all font-mono text-2xs">{row.traceId}</dd>
              </div>
            )}
          </dl>
        </div>
      )}
    </li>
  );
});

function Sentence(props: {
  row: AuditRow;
  noun: Noun | undefined;
  nouns: readonly Noun[];
  person: string | undefined;
}) {
  const { row, noun } = props;
  const t = useTranslations('activity');
  const can = useAccess();
  const alone = `alone.${row.action}` as 'alone.login';
  const actor = <span className="font-medium">{row.actor.name}</span>;
  if (t.has(alone)) {
    return (
      <>
        {actor} {t(alone)}
      </>
    );
  }
  if (row.target === 'permission') {
    const page = (row.label ?? '').replaceAll('_', ' ');
    return (
      <>
        {actor} <span className="text-muted">{t(row.action === 'reset_perm' ? 'resetPage' : 'setPage', { page })}</span>{' '}
        <Target
          name={props.person ?? t('somebody')}
          to={can('user_management') ? `/users/${row.targetUserId}` : null}
        />
      </>
    );
  }
  const gone = /^(delete|erase|anonymise)_/.test(row.action);
  return (
    <>
      {actor}{' '}
      <span className="text-muted">
        {did(t, row.action, row.target)} {targetWord(t, row.target, props.nouns)}
      </span>{' '}
      <Target
        name={row.label ?? t('unnamed')}
        to={noun && row.entityId && can(noun.page) && !gone ? `${noun.nav.path}/${row.entityId}` : null}
      />
    </>
  );
}

function Target({ name, to }: { name: string; to: string | null }) {
  if (to === null) return <span className="font-medium">{name}</span>;
  return (
    <Link to={to} className="trail__link">
      {name}
    </Link>
  );
}

const bare: Noun['words'] = { en: { one: '', many: '', create: '', purpose: '', fields: {} } };

function Changes({ row, noun }: { row: AuditRow; noun: Noun | undefined }) {
  const t = useTranslations('activity');
  const can = useAccess();
  const words = useWords(noun ?? ({ words: bare } as Noun));
  const putBack = usePutBack(row, noun);
  const mayPutBack =
    noun !== undefined &&
    row.entityId !== null &&
    can(noun.page, 'write') &&
    !/^(create|delete|restore)_/.test(row.action);
  return (
    <DiffList
      changes={row.changes}
      name={field => fieldWord(words, field)}
      write={(field, value) =>
        noun && fieldOf(noun, field) ? <FieldValue noun={noun} name={field} value={value} wide /> : plain(value)
      }
      {...(mayPutBack
        ? {
            action: change =>
              fieldOf(noun, change.field) && !fieldOf(noun, change.field)?.readOnly ? (
                <Button
                  size="sm"
                  variant="ghost"
                  className="button--dense diff-action h-6! px-1.5! text-xs!"
                  onPress={() => void putBack(change.field)}
                >
                  {t('putBack')}
                </Button>
              ) : null,
          }
        : {})}
    />
  );
}

const plain = (value: unknown) =>
  typeof value === 'string'
    ? value.replaceAll('_', ' ')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
