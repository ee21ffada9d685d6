import { useTimeZone, useTranslations } from 'use-intl';
import { classes } from '@/ui/classes';
import { type ListState, parseSort } from '../list/listState';
import type { ChangeList } from '../list/useListState';
import { same } from './changes';
import type { Noun } from './noun';
import { useWords } from './words';

/** The questions people ask of this list every day, one click away. */
export function ListPresets({ noun, state, change }: { noun: Noun; state: ListState; change: ChangeList }) {
  const t = useTranslations('records');
  const words = useWords(noun);
  const zone = useTimeZone() ?? 'UTC';
  if (!noun.list.presets || state.trash) return null;
  const all = { key: '', filters: {}, sort: noun.list.defaultSort };
  const presets = noun.list.presets.map(preset => ({
    key: preset.key,
    filters: preset.filters(zone),
    sort: preset.sort ?? noun.list.defaultSort,
  }));
  return (
    <nav className="list-presets" aria-label={t('presets')}>
      {[all, ...presets].map(({ key, filters, sort }) => {
        const on = same(sorted(filters), sorted(state.filters));
        return (
          <button
            key={key}
            type="button"
            aria-current={on ? 'page' : undefined}
            className={classes('list-presets__item', on && 'list-presets__item--on')}
            onClick={() => change({ filters, sort: parseSort(sort, noun.shape.sorts) })}
          >
            {key === '' ? t('all') : (words.presets?.[key] ?? key)}
          </button>
        );
      })}
    </nav>
  );
}

const sorted = (filters: Readonly<Record<string, string>>) =>
  Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1));
