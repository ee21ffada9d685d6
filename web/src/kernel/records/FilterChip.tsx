import ChevronDown from '@heroicons/react/16/solid/ChevronDownIcon';
import { Button } from '@heroui/react/button';
import { Popover } from '@heroui/react/popover';
import { lazy, Suspense, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { writeDate } from '@/ui/time';
import { useDayZone } from '@/ui/workDay';
import type { LookupKind } from './fields';
import { conditionsOf, daysAround, daysOf, type Filters, withConditions } from './filters';
import { useNames } from './lookups';
import { fieldOf, type Noun } from './noun';
import { fieldWord, useWords, valueWord } from './words';

const FilterEditor = lazy(() => import('./FilterEditor'));

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
          <Suspense
            fallback={
              <div className="w-48 p-3">
                <SkeletonLines />
              </div>
            }
          >
            <FilterEditor noun={noun} name={name} conditions={conditions} set={set} />
          </Suspense>
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
  const ui = useTranslations('ui');
  const field = fieldOf(noun, name) ?? { kind: 'moment' as const };
  const zone = useDayZone(field.kind === 'date');
  const locale = useLocale();
  const plain = conditions[name];
  const unset = conditions[`${name}.null`];
  if (unset !== undefined) return t(unset === 'true' ? 'unset' : 'set');
  switch (field.kind) {
    case 'choice':
      return (plain ?? '')
        .split(',')
        .map(value => valueWord(words, name, value))
        .join(', ');
    case 'flag':
      return t(plain === 'true' ? 'yes' : 'no');
    case 'lookup':
      return <LookupName field={field} id={plain ?? ''} />;
    case 'moment':
    case 'date': {
      const say = (day: string) => writeDate(day, daysAround(zone, 0, 0).first, locale);
      const [first, last] = daysOf(conditions, name, field.kind === 'date', zone);
      if (!first && !last) return '…';
      if (!first || !last) return last ? t('untilDay', { day: say(last) }) : t('fromDay', { day: say(first ?? '') });
      return first === last ? say(first) : `${say(first)} – ${say(last)}`;
    }
    case 'rating':
      return (plain ?? '')
        .split(',')
        .map(stars => ui('stars', { count: Number(stars), most: field.most }))
        .join(', ');
    case 'number':
      return `${conditions[`${name}.gte`] ?? '…'} – ${conditions[`${name}.lte`] ?? '…'}`;
    default:
      return plain ?? Object.values(conditions)[0];
  }
}

function LookupName({ field, id }: { field: LookupKind; id: string }) {
  const names = useNames(field.path, id.split(','));
  return names.size === 0 ? '…' : [...names.values()].join(', ');
}
