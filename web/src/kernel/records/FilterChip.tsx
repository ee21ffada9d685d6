import ChevronDown from '@heroicons/react/16/solid/ChevronDownIcon';
import { Button } from '@heroui/react/button';
import { ListBox } from '@heroui/react/list-box';
import { Popover } from '@heroui/react/popover';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import { DateInput } from '@/ui/fields/DateInput';
import { Lookup, type LookupItem } from '@/ui/fields/Lookup';
import { NumberInput } from '@/ui/fields/NumberInput';
import { TextInput } from '@/ui/fields/TextInput';
import { StateDot } from '@/ui/parts/StateDot';
import { writeDate } from '@/ui/time';
import { request } from '../http/request';
import type { LookupKind } from './fields';
import { conditionsOf, dayOf, dayRange, daysAround, type Filters, withConditions } from './filters';
import { fieldOf, type Noun } from './noun';
import { fieldWord, useWords, valueWord } from './words';

interface ChipProps {
  noun: Noun;
  name: string;
  filters: Filters;
  onChange: (filters: Record<string, string>) => void;
}

/** One filter: what it says now, and a small form to say something else. */
export function FilterChip({ noun, name, filters, onChange }: ChipProps) {
  const words = useWords(noun);
  const [open, setOpen] = useState(false);
  const conditions = conditionsOf(filters, name);
  const set = (next: Filters, done = false) => {
    onChange(withConditions(filters, name, next));
    if (done) setOpen(false);
  };
  const on = Object.keys(conditions).length > 0;
  const label = fieldWord(words, name);
  return (
    <Popover isOpen={open} onOpenChange={setOpen}>
      <Button size="sm" variant="outline" className={`button--dense filter-chip ${on ? 'filter-chip--on' : ''}`}>
        <span className={on ? 'text-muted' : ''}>{label}</span>
        {on && (
          <span className="max-w-40 truncate">
            <Said noun={noun} name={name} conditions={conditions} />
          </span>
        )}
        <ChevronDown className="size-3! text-muted" />
      </Button>
      <Popover.Content placement="bottom start">
        <Popover.Dialog aria-label={label} className="p-1">
          <Editor noun={noun} name={name} conditions={conditions} set={set} />
        </Popover.Dialog>
      </Popover.Content>
    </Popover>
  );
}

interface PartProps {
  noun: Noun;
  name: string;
  conditions: Filters;
}

function Said({ noun, name, conditions }: PartProps) {
  const words = useWords(noun);
  const t = useTranslations('records');
  const zone = useTimeZone() ?? 'UTC';
  const locale = useLocale();
  const field = fieldOf(noun, name) ?? { kind: 'moment' as const };
  const plain = conditions[name];
  switch (field.kind) {
    case 'choice':
      return (plain ?? '').split(',').map(value => valueWord(words, name, value)).join(', ');
    case 'flag':
      return t(plain === 'true' ? 'yes' : 'no');
    case 'lookup':
      return <LookupName field={field} id={plain ?? ''} />;
    case 'moment':
    case 'date': {
      const say = (day: string | null) => (day ? writeDate(day, Date.now(), locale) : '…');
      const [first, last] =
        field.kind === 'date'
          ? [conditions[`${name}.gte`] ?? null, conditions[`${name}.lte`] ?? null]
          : [dayOf(conditions[`${name}.gte`], zone), dayOf(conditions[`${name}.lt`], zone, true)];
      return first === last ? say(first) : `${say(first)} – ${say(last)}`;
    }
    case 'number':
      return `${conditions[`${name}.gte`] ?? '…'} – ${conditions[`${name}.lte`] ?? '…'}`;
    default:
      return plain ?? Object.values(conditions)[0];
  }
}

function LookupName({ field, id }: { field: LookupKind; id: string }) {
  const { data } = useQuery({
    queryKey: ['lookup', field.path, id],
    queryFn: ({ signal }) => request<{ items: LookupItem[] }>('GET', `${field.path}`, { query: { ids: id }, signal }),
    staleTime: 60_000,
  });
  return data?.items.map(item => item.name).join(', ') ?? '…';
}

function Editor({ noun, name, conditions, set }: PartProps & { set: (next: Filters, done?: boolean) => void }) {
  const words = useWords(noun);
  const t = useTranslations('records');
  const field = fieldOf(noun, name) ?? { kind: 'moment' as const };
  switch (field.kind) {
    case 'choice':
      return (
        <ListBox
          aria-label={fieldWord(words, name)}
          className="min-w-44"
          autoFocus="first"
          selectionMode="multiple"
          selectedKeys={(conditions[name] ?? '').split(',').filter(Boolean)}
          onSelectionChange={keys => set({ [name]: keys === 'all' ? '' : [...keys].join(',') })}
        >
          {Object.entries(field.options).map(([value, tone]) => {
            const word = valueWord(words, name, value);
            return (
              <ListBox.Item key={value} id={value} textValue={word}>
                {tone ? <StateDot tone={tone}>{word}</StateDot> : word}
                <ListBox.ItemIndicator />
              </ListBox.Item>
            );
          })}
        </ListBox>
      );
    case 'flag':
      return (
        <ListBox
          aria-label={fieldWord(words, name)}
          className="min-w-36"
          autoFocus="first"
          selectionMode="single"
          selectedKeys={conditions[name] ? [conditions[name]] : []}
          onSelectionChange={keys => set({ [name]: keys === 'all' ? '' : [...keys].join('') }, true)}
        >
          {(['true', 'false'] as const).map(value => (
            <ListBox.Item key={value} id={value} textValue={t(value === 'true' ? 'yes' : 'no')}>
              {t(value === 'true' ? 'yes' : 'no')}
              <ListBox.ItemIndicator />
            </ListBox.Item>
          ))}
        </ListBox>
      );
    case 'moment':
    case 'date':
      return <DayRange name={name} conditions={conditions} set={set} civil={field.kind === 'date'} />;
    case 'lookup':
      return (
        <div className="w-64 p-2">
          <LookupFilter field={field} label={fieldWord(words, name)} value={conditions[name] ?? null} onChange={id => set({ [name]: id ?? '' }, id !== null)} />
        </div>
      );
    case 'number':
      return (
        <div className="grid w-56 grid-cols-2 gap-2 p-2">
          {(['gte', 'lte'] as const).map(operator => {
            const key = `${name}.${operator}`;
            return (
              <NumberInput
                key={key}
                label={t(operator === 'gte' ? 'minimum' : 'maximum')}
                value={conditions[key] === undefined ? null : Number(conditions[key])}
                onChange={value => set({ ...conditions, [key]: value === null ? '' : String(value) })}
              />
            );
          })}
        </div>
      );
    default:
      return <TextFilter label={fieldWord(words, name)} value={conditions[`${name}.contains`] ?? conditions[name] ?? ''} onSet={value => set({ [`${name}.contains`]: value }, true)} />;
  }
}

function TextFilter({ label, value, onSet }: { label: string; value: string; onSet: (value: string) => void }) {
  const [text, setText] = useState<string | null>(value || null);
  return (
    <form
      className="w-56 p-2"
      onSubmit={event => {
        event.preventDefault();
        onSet(text ?? '');
      }}
    >
      <TextInput label={label} value={text} onChange={setText} autoFocus />
    </form>
  );
}

function LookupFilter(props: { field: LookupKind; label: string; value: string | null; onChange: (id: string | null) => void }) {
  const { path } = props.field;
  const find = useCallback(
    async (search: string, signal: AbortSignal) =>
      (await request<{ items: LookupItem[] }>('GET', path, { query: { search, limit: 20 }, signal })).items,
    [path],
  );
  return <Lookup label={props.label} value={props.value} onChange={props.onChange} find={find} autoFocus />;
}

function DayRange({ name, conditions, set, civil }: { name: string; conditions: Filters; set: (next: Filters, done?: boolean) => void; civil: boolean }) {
  const t = useTranslations('records');
  const zone = useTimeZone() ?? 'UTC';
  const first = civil ? (conditions[`${name}.gte`] ?? null) : dayOf(conditions[`${name}.gte`], zone);
  const last = civil ? (conditions[`${name}.lte`] ?? null) : dayOf(conditions[`${name}.lt`], zone, true);
  const range = (from: string | null, to: string | null): Filters =>
    civil ? { [`${name}.gte`]: from ?? '', [`${name}.lte`]: to ?? '' } : dayRange(name, from, to, zone);
  const presets = [
    { label: t('today'), days: daysAround(zone, 0, 0) },
    { label: t('last7'), days: daysAround(zone, -6, 0) },
    { label: t('last30'), days: daysAround(zone, -29, 0) },
    { label: t('next7'), days: daysAround(zone, 0, 6) },
  ];
  return (
    <div className="flex w-56 flex-col gap-1">
      <ListBox aria-label={t('display')} onAction={key => {
        const days = presets[Number(key)]?.days;
        set(days ? range(days.first, days.last) : {}, true);
      }} autoFocus="first">
        {[...presets, { label: t('anyTime') }].map((preset, place) => (
          <ListBox.Item key={preset.label} id={String(place)} textValue={preset.label}>
            {preset.label}
          </ListBox.Item>
        ))}
      </ListBox>
      <div className="flex flex-col gap-2 border-border border-t p-2">
        <DateInput label={t('from')} value={first} onChange={day => set(range(day, last))} />
        <DateInput label={t('to')} value={last} onChange={day => set(range(first, day))} />
      </div>
    </div>
  );
}
