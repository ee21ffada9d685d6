import { ListBox } from '@heroui/react/list-box';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { DateInput } from '@/ui/fields/DateInput';
import { Lookup } from '@/ui/fields/Lookup';
import { NumberInput } from '@/ui/fields/NumberInput';
import { Stars } from '@/ui/fields/Rating';
import { TextInput } from '@/ui/fields/TextInput';
import { StateDot } from '@/ui/parts/StateDot';
import { useDayZone } from '@/ui/workDay';
import type { LookupKind } from './fields';
import { dayRange, daysAround, daysOf, type Filters, weekAround } from './filters';
import { useFind } from './lookups';
import { fieldOf, type Noun } from './noun';
import { fieldWord, useWords, valueWord } from './words';

/** The small form behind a filter, by the kind of its field. */
export default function FilterEditor({
  noun,
  name,
  conditions,
  set,
}: {
  noun: Noun;
  name: string;
  conditions: Filters;
  set: (next: Filters, done?: boolean) => void;
}) {
  const words = useWords(noun);
  const t = useTranslations('records');
  const ui = useTranslations('ui');
  const field = fieldOf(noun, name) ?? { kind: 'moment' as const };
  switch (field.kind) {
    case 'choice':
      return (
        <ListBox
          aria-label={fieldWord(words, name)}
          className="min-w-44"
          autoFocus="first"
          escapeKeyBehavior="none"
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
          escapeKeyBehavior="none"
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
    case 'rating':
      return (
        <ListBox
          aria-label={fieldWord(words, name)}
          className="min-w-36"
          autoFocus="first"
          escapeKeyBehavior="none"
          selectionMode="multiple"
          selectedKeys={(conditions[name] ?? '').split(',').filter(Boolean)}
          onSelectionChange={keys => set({ [name]: keys === 'all' ? '' : [...keys].join(',') })}
        >
          {Array.from({ length: field.most + 1 }, (_, place) => field.most - place).map(stars => (
            <ListBox.Item key={stars} id={String(stars)} textValue={ui('stars', { count: stars, most: field.most })}>
              {stars === 0 ? ui('stars', { count: 0, most: field.most }) : <Stars value={stars} most={field.most} />}
              <ListBox.ItemIndicator />
            </ListBox.Item>
          ))}
        </ListBox>
      );
    case 'moment':
    case 'date':
      return (
        <DayRange
          name={name}
          conditions={conditions}
          set={set}
          civil={field.kind === 'date'}
          ahead={field.kind === 'date' || (field.ahead ?? false)}
        />
      );
    case 'lookup':
      return (
        <div className="w-64 p-2">
          <LookupFilter
            field={field}
            label={fieldWord(words, name)}
            value={conditions[name] ?? null}
            onChange={id => set({ [name]: id ?? '' }, id !== null)}
          />
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
      return (
        <TextFilter
          label={fieldWord(words, name)}
          value={conditions[`${name}.contains`] ?? conditions[name] ?? ''}
          onSet={value => set({ [`${name}.contains`]: value }, true)}
        />
      );
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

function LookupFilter(props: {
  field: LookupKind;
  label: string;
  value: string | null;
  onChange: (id: string | null) => void;
}) {
  const find = useFind(props.field.path);
  return <Lookup label={props.label} value={props.value} onChange={props.onChange} find={find} autoFocus />;
}

function DayRange({
  name,
  conditions,
  set,
  civil,
  ahead,
}: {
  name: string;
  conditions: Filters;
  set: (next: Filters, done?: boolean) => void;
  civil: boolean;
  ahead: boolean;
}) {
  const t = useTranslations('records');
  const zone = useDayZone(civil);
  const [first, last] = daysOf(conditions, name, civil, zone);
  const range = (from: string | null, to: string | null): Filters =>
    civil ? { [`${name}.gte`]: from ?? '', [`${name}.lte`]: to ?? '' } : dayRange(name, from, to, zone);
  const presets = [
    { label: t('today'), days: daysAround(zone, 0, 0) },
    { label: t('thisWeek'), days: weekAround(zone) },
    ...(ahead ? [{ label: t('next7'), days: daysAround(zone, 0, 6) }] : []),
    { label: t('last7'), days: daysAround(zone, -6, 0) },
    { label: t('last30'), days: daysAround(zone, -29, 0) },
  ];
  return (
    <div className="flex w-56 flex-col gap-1">
      <ListBox
        aria-label={t('display')}
        onAction={key => {
          const days = presets[Number(key)]?.days;
          set(days ? range(days.first, days.last) : {}, true);
        }}
        autoFocus="first"
        escapeKeyBehavior="none"
      >
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
