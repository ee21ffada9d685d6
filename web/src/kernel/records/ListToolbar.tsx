import AdjustmentsHorizontal from '@heroicons/react/16/solid/AdjustmentsHorizontalIcon';
import MagnifyingGlass from '@heroicons/react/16/solid/MagnifyingGlassIcon';
import TableCells from '@heroicons/react/16/solid/TableCellsIcon';
import XMark from '@heroicons/react/16/solid/XMarkIcon';
import { Button } from '@heroui/react/button';
import { Dropdown } from '@heroui/react/dropdown';
import { Header } from '@heroui/react/header';
import { Label } from '@heroui/react/label';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from '@/ui/classes';
import { Tip } from '@/ui/parts/Tip';
import { TransferMenu } from '../exchange/TransferMenu';
import type { ListState } from '../list/listState';
import type { ChangeList } from '../list/useListState';
import { FilterChip } from './FilterChip';
import { focusGrid, focusGridWhenThere } from './focusGrid';
import type { Noun } from './noun';
import type { ColumnChoice } from './useColumns';
import { fieldWord, useWords } from './words';

/** The bar over a list: search, filters, and how it is shown. */
export function ListToolbar(props: {
  noun: Noun;
  state: ListState;
  change: ChangeList;
  columns?: ColumnChoice;
  /** The standard view is on its way: until it is here, no chip says what it would have to take back. */
  asking?: boolean;
  /** How many records the list has, as far as it is known. */
  total?: number | undefined;
}) {
  const { noun, state, change } = props;
  const t = useTranslations('records');
  const filtered = Object.keys(state.filters).length > 0;
  return (
    <div
      className={classes('list-toolbar', props.asking && 'list-toolbar--asking')}
      role="toolbar"
      aria-label={t('display')}
    >
      <SearchBox noun={noun} value={state.search} onChange={search => change({ search }, { replace: true })} />
      <div className="list-toolbar__filters">
        {noun.list.filters.map(name => (
          <FilterChip
            key={name}
            noun={noun}
            name={name}
            filters={state.filters}
            onChange={filters => change({ filters })}
          />
        ))}
        {filtered && (
          <Button
            size="sm"
            variant="ghost"
            className="button--dense flex-none text-muted"
            onPress={() => change({ filters: {} })}
          >
            {t('clear')}
          </Button>
        )}
      </div>
      <ViewSwitch noun={noun} state={state} change={change} />
      {props.columns && <TransferMenu noun={noun} state={state} columns={props.columns} total={props.total} />}
      {props.columns && <DisplayMenu {...props} columns={props.columns} />}
    </div>
  );
}

/** Typing searches a fifth of a second after the last key. */
function SearchBox({ noun, value, onChange }: { noun: Noun; value: string; onChange: (search: string) => void }) {
  const t = useTranslations('records');
  const words = useWords(noun);
  const [text, setText] = useState(value);
  const [written, setWritten] = useState(value);
  if (written !== value) {
    // The address changed by another way than this box: back, a saved link, "clear".
    setWritten(value);
    if (value !== text.trim()) setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onChange(text.trim()), 200);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  const label = t('searchIn', { many: words.many.toLowerCase() });
  return (
    <div className="list-search">
      <MagnifyingGlass className="size-4 flex-none text-muted" />
      <input
        data-slot="list-search"
        type="search"
        aria-label={label}
        placeholder={t('search')}
        value={text}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => {
          // From what was typed on to what was found.
          if ((event.key === 'Enter' || event.key === 'ArrowDown') && focusGridWhenThere()) event.preventDefault();
          if (event.key !== 'Escape') return;
          if (text !== '') setText('');
          else if (!focusGrid()) event.currentTarget.blur();
        }}
      />
      {text === '' ? (
        <kbd className="kbd-key max-sm:hidden">/</kbd>
      ) : (
        <button
          type="button"
          aria-label={t('clear')}
          className="grid size-5 cursor-pointer place-items-center rounded text-muted"
          onClick={() => setText('')}
        >
          <XMark className="size-3.5" />
        </button>
      )}
    </div>
  );
}

function ViewSwitch({ noun, state, change }: { noun: Noun; state: ListState; change: ChangeList }) {
  const t = useTranslations('records');
  const views = noun.list.views ?? [];
  if (views.length === 0 || state.trash) return null;
  const all = noun.shape.views.map(key => ({ key, icon: views.find(view => view.key === key)?.icon ?? TableCells }));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a visible legend
    <div role="group" aria-label={t('view')} className={classes('view-switch', all.length > 3 && 'view-switch--many')}>
      {all.map(({ key, icon: Icon }) => {
        const known = `views.${key}` as 'views.table';
        const name = t.has(known) ? t(known) : key;
        return (
          <button
            key={key}
            type="button"
            title={name}
            aria-label={name}
            aria-pressed={state.view === key}
            className={classes('view-switch__item', state.view === key && 'view-switch__item--on')}
            onClick={() => change({ view: key })}
          >
            <Icon className="size-4 flex-none" />
            {/* Many views would leave no room for the filters: then only the present one says its name. */}
            {(all.length <= 3 || state.view === key) && <span className="max-lg:hidden">{name}</span>}
          </button>
        );
      })}
    </div>
  );
}

function DisplayMenu({
  noun,
  state,
  change,
  columns,
}: {
  noun: Noun;
  state: ListState;
  change: ChangeList;
  columns: ColumnChoice;
}) {
  const t = useTranslations('records');
  const words = useWords(noun);
  return (
    <Dropdown>
      <Tip text={t('display')}>
        <Button isIconOnly variant="ghost" aria-label={t('display')} className="flex-none text-muted">
          <AdjustmentsHorizontal />
        </Button>
      </Tip>
      <Dropdown.Popover placement="bottom end" className="min-w-52">
        <Dropdown.Menu
          aria-label={t('display')}
          onAction={key => {
            if (key === 'trash') change({ trash: !state.trash, filters: {}, search: '' });
            if (key === 'dense') columns.setDense(!columns.dense);
          }}
        >
          <Dropdown.Section
            selectionMode="multiple"
            selectedKeys={columns.visible}
            onSelectionChange={keys => columns.show(new Set(keys === 'all' ? columns.all : [...keys].map(String)))}
          >
            <Header>{t('columns')}</Header>
            {columns.all.map(id => (
              <Dropdown.Item key={id} id={id} textValue={fieldWord(words, id)}>
                <Dropdown.ItemIndicator />
                <Label>{fieldWord(words, id)}</Label>
              </Dropdown.Item>
            ))}
          </Dropdown.Section>
          <Dropdown.Section
            aria-label={t('display')}
            selectionMode="multiple"
            selectedKeys={[...(columns.dense ? ['dense'] : []), ...(state.trash ? ['trash'] : [])]}
          >
            <Header>{t('display')}</Header>
            <Dropdown.Item id="dense" textValue={t('compact')}>
              <Dropdown.ItemIndicator />
              <Label>{t('compact')}</Label>
            </Dropdown.Item>
            <Dropdown.Item id="trash" textValue={t('trash')}>
              <Dropdown.ItemIndicator />
              <Label>{t('trash')}</Label>
            </Dropdown.Item>
          </Dropdown.Section>
        </Dropdown.Menu>
      </Dropdown.Popover>
    </Dropdown>
  );
}
