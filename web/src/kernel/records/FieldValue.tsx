import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormatter, useLocale, useTranslations } from 'use-intl';
import { classes } from '@/ui/classes';
import { Stars } from '@/ui/fields/Rating';
import { Person } from '@/ui/parts/Avatar';
import { CivilDate, Moment } from '@/ui/parts/Moment';
import { StateDot } from '@/ui/parts/StateDot';
import { writeDuration, writeWork } from '@/ui/time';
import { useAccess } from '../session/useSession';
import type { Field, NumberKind, RecordRow } from './fields';
import { useNames } from './lookups';
import { fieldOf, type Noun } from './noun';
import { spanWord, useWords, valueWord } from './words';

/** A value of a row as people read it. Nothing is drawn as nothing. */
export function FieldValue(props: { noun: Noun; name: string; value: unknown; row?: RecordRow; wide?: boolean }) {
  const words = useWords(props.noun);
  const t = useTranslations('records');
  const locale = useLocale();
  const { value, name } = props;
  if (value === null || value === undefined || value === '') return null;
  const field = fieldOf(props.noun, name) ?? guessed(name, value);
  switch (field.kind) {
    case 'choice': {
      const word = valueWord(words, name, String(value));
      const tone = field.options[String(value)];
      return tone ? <StateDot tone={tone}>{word}</StateDot> : word;
    }
    case 'flag':
      return value ? t('yes') : props.wide ? t('no') : null;
    case 'moment':
      return <Moment at={String(value)} />;
    case 'date':
      return <CivilDate on={String(value)} />;
    case 'number':
      // A call nobody answered has no length worth a place in a list.
      if (value === 0 && field.as === 'duration' && !props.wide) return null;
      return <NumberText value={Number(value)} as={field.as} />;
    case 'tags':
      return Array.isArray(value) && value.length > 0 ? (
        <TagList tags={value as string[]} all={props.wide ?? false} />
      ) : null;
    case 'spans':
      return Array.isArray(value) && value.length > 0
        ? (value as number[]).map(minutes => spanWord(words, name, minutes, locale)).join(', ')
        : null;
    case 'rating':
      return value === 0 && !props.wide ? null : <Stars value={Number(value)} most={field.most} />;
    case 'lookups':
      return Array.isArray(value) && value.length > 0 ? <Names path={field.path} ids={value as string[]} /> : null;
    case 'lookup':
      return <Referred field={field} id={String(value)} row={props.row} linked={props.wide ?? false} />;
    case 'text':
      if (props.wide && field.rows)
        return (
          <span dir="auto" className="block whitespace-pre-wrap">
            {String(value)}
          </span>
        );
      if (props.wide && field.input && field.input !== 'text' && field.input !== 'password')
        return <Reach kind={field.input} value={String(value)} />;
      return <bdi>{String(value)}</bdi>;
  }
}

function guessed(name: string, value: unknown): Field {
  if (/At$/.test(name) && typeof value === 'string') return { kind: 'moment' };
  if (typeof value === 'boolean') return { kind: 'flag' };
  if (typeof value === 'number') return { kind: 'number' };
  if (Array.isArray(value)) return { kind: 'tags' };
  return { kind: 'text' };
}

function NumberText({ value, as }: { value: number; as: NumberKind['as'] }) {
  const t = useTranslations('records');
  const { number } = useFormatter();
  if (as === 'amount') return <span className="tabular-nums">{number(value)}</span>;
  if (as === 'duration') return <span className="tabular-nums">{writeDuration(value)}</span>;
  if (as === 'work') return <span className="tabular-nums">{writeWork(value)}</span>;
  return <span className="tabular-nums">{as === 'minutes' ? t('minutes', { count: value }) : String(value)}</span>;
}

/** In a list they stay on one line: the first ones, and how many more there are. */
function TagList({ tags, all }: { tags: readonly string[]; all: boolean }) {
  const shown = all ? tags : tags.slice(0, 2);
  const more = tags.length - shown.length;
  return (
    <span className={classes('flex min-w-0 gap-1', all && 'flex-wrap')} title={more > 0 ? tags.join(', ') : undefined}>
      {shown.map(tag => (
        <span key={tag} className={classes('rounded-md bg-default px-1.5 text-xs/5', !all && 'min-w-0 truncate')}>
          {tag}
        </span>
      ))}
      {more > 0 && <span className="flex-none text-muted text-xs/5">+{more}</span>}
    </span>
  );
}

function Names({ path, ids }: { path: string; ids: readonly string[] }) {
  const names = useNames(path, ids);
  return ids.map(id => names.get(id) ?? '…').join(', ');
}

function Referred(props: {
  field: Extract<Field, { kind: 'lookup' }>;
  id: string;
  row: RecordRow | undefined;
  linked: boolean;
}) {
  const t = useTranslations('records');
  const { field, row } = props;
  const known = field.nameField && row ? row[field.nameField] : undefined;
  // A value of the past came without its name.
  const asked = useNames(field.path, row ? [] : [props.id]).get(props.id);
  const words = typeof known === 'string' ? known : (asked ?? t('unnamed'));
  const drawn = field.person ? <Person name={words} /> : <span className="truncate">{words}</span>;
  if (!props.linked || !field.opens) return drawn;
  return (
    <RecordLink page={field.opens.page} to={`${field.opens.path}/${props.id}`}>
      {drawn}
    </RecordLink>
  );
}

/** A link for those who may open where it leads. */
function RecordLink({ page, to, children }: { page: string; to: string; children: ReactNode }) {
  const can = useAccess();
  if (!can(page)) return children;
  return (
    <Link to={to} className="text-link hover:underline">
      {children}
    </Link>
  );
}

function Reach({ kind, value }: { kind: 'email' | 'tel' | 'url'; value: string }) {
  // A stored address may be anything; only web addresses become links.
  const href =
    kind === 'email' ? `mailto:${value}` : kind === 'tel' ? `tel:${value}` : /^https?:\/\//i.test(value) ? value : null;
  if (href === null) return value;
  return (
    <a
      href={href}
      className="-my-0.5 inline-block break-all py-0.5 text-link hover:underline"
      {...(kind === 'url' ? { target: '_blank', rel: 'noreferrer' } : {})}
    >
      {value}
    </a>
  );
}
