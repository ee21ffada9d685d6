import MagnifyingGlass from '@heroicons/react/16/solid/MagnifyingGlassIcon';
import { Button } from '@heroui/react/button';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Checkmark } from '@/ui/parts/Checkmark';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { StateDot } from '@/ui/parts/StateDot';
import { useKeptRecords } from '../api';
import type { Backup } from '../contract';
import { stateTones } from '../words';
import { mostRecords } from './wish';

/** The records of a list as the backup has them, found by typing, each with how it stands today. */
export function RecordPicker(props: {
  backup: Backup;
  noun: string;
  chosen: readonly string[];
  onChoose: (ids: string[]) => void;
}) {
  const t = useTranslations('backup');
  const [text, setText] = useState('');
  const [search, setSearch] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSearch(text.trim()), 200);
    return () => clearTimeout(timer);
  }, [text]);
  const records = useKeptRecords(props.backup.id, props.noun, search);
  const items = records.data?.pages.flatMap(page => page.items) ?? [];
  const full = props.chosen.length >= mostRecords;

  function toggle(id: string) {
    if (props.chosen.includes(id)) props.onChoose(props.chosen.filter(one => one !== id));
    else if (!full) props.onChoose([...props.chosen, id]);
  }

  return (
    <section className="tile" aria-label={t('records')}>
      <header className="flex items-center gap-3 border-border border-b px-3 py-2">
        <div className="list-search">
          <MagnifyingGlass className="size-4 flex-none text-muted" />
          <input
            type="search"
            aria-label={t('findRecord')}
            placeholder={t('findRecord')}
            value={text}
            onChange={event => setText(event.target.value)}
          />
        </div>
        <span role="status" className="ms-auto text-muted text-sm tabular-nums">
          {full ? t('mostChosen', { most: mostRecords }) : t('chosen', { count: props.chosen.length })}
        </span>
      </header>
      {records.data ? (
        items.length === 0 ? (
          <p className="p-4 text-muted text-sm">{t('noneFound')}</p>
        ) : (
          <ul className="kept-list" aria-busy={records.isPlaceholderData}>
            {items.map(record => {
              const on = props.chosen.includes(record.id);
              return (
                <li key={record.id} data-on={on || undefined}>
                  {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the box in it is the control; the row only makes it larger */}
                  <div className="kept-list__row" onClick={() => toggle(record.id)}>
                    <Checkmark label={record.name} checked={on} onToggle={() => toggle(record.id)} />
                    <span className="min-w-0 flex-1 truncate">{record.name}</span>
                    <StateDot tone={stateTones[record.state]}>{t(`states.${record.state}`)}</StateDot>
                  </div>
                </li>
              );
            })}
          </ul>
        )
      ) : records.error ? (
        <p role="alert" className="p-4 text-sm">
          {records.error.message}
        </p>
      ) : (
        <div className="p-4">
          <SkeletonLines lines={5} />
        </div>
      )}
      {records.hasNextPage && (
        <div className="border-separator border-t p-3 text-center">
          <Button variant="outline" isPending={records.isFetchingNextPage} onPress={() => void records.fetchNextPage()}>
            {t('moreRecords')}
          </Button>
        </div>
      )}
    </section>
  );
}
