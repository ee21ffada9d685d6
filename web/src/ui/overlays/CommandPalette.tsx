import MagnifyingGlass from '@heroicons/react/16/solid/MagnifyingGlassIcon';
import { Modal } from '@heroui/react/modal';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Header } from 'react-aria-components/Header';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { SearchField } from 'react-aria-components/SearchField';
import { useTranslations } from 'use-intl';
import { Keys } from '../parts/Keys';

export interface PaletteItem {
  id: string;
  label: string;
  group: string;
  hint?: string | null | undefined;
  icon?: ReactNode;
  keys?: string | undefined;
  run: () => void;
}

/**
 * Everything one can do or open, found by typing. `find` adds what only the server knows, a fifth of a second after the
 * last key.
 */
export function CommandPalette(props: {
  label: string;
  items: readonly PaletteItem[];
  find: (search: string, signal: AbortSignal) => Promise<readonly PaletteItem[]>;
  onClose: () => void;
}) {
  const t = useTranslations('ui');
  const { find } = props;
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<readonly PaletteItem[]>([]);

  useEffect(() => {
    if (search.trim().length < 2) return setFound([]);
    const abort = new AbortController();
    const timer = setTimeout(() => find(search.trim(), abort.signal).then(setFound, () => undefined), 200);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [search, find]);

  const groups = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const own = props.items.filter(item => words.every(word => item.label.toLowerCase().includes(word)));
    const byGroup = new Map<string, PaletteItem[]>();
    for (const item of [...own, ...found]) byGroup.set(item.group, [...(byGroup.get(item.group) ?? []), item]);
    return [...byGroup];
  }, [search, props.items, found]);

  function act(id: string) {
    const item = [...props.items, ...found].find(one => one.id === id);
    if (!item) return;
    props.onClose();
    item.run();
  }

  return (
    <Modal.Backdrop isOpen onOpenChange={open => !open && props.onClose()}>
      <Modal.Container placement="top" size="md">
        <Modal.Dialog aria-label={props.label} className="palette">
          <Autocomplete inputValue={search} onInputChange={setSearch}>
            <SearchField
              aria-label={props.label}
              autoFocus
              className="palette__search"
              onKeyDown={event => event.key === 'Escape' && props.onClose()}
            >
              <MagnifyingGlass className="size-4 flex-none text-muted" />
              <Input placeholder={props.label} className="palette__input" />
            </SearchField>
            <ListBox
              aria-label={props.label}
              className="palette__list"
              selectionMode="none"
              onAction={key => act(String(key))}
              renderEmptyState={() => <p className="px-3 py-6 text-center text-muted text-sm">{t('noResults')}</p>}
            >
              {groups.map(([group, items]) => (
                <ListBoxSection key={group} id={group}>
                  <Header className="palette__group">{group}</Header>
                  {items.map(item => (
                    <ListBoxItem key={item.id} id={item.id} textValue={item.label} className="palette__item">
                      <span className="text-muted [&_svg]:size-4">{item.icon}</span>
                      <span className="truncate">{item.label}</span>
                      {item.hint && <span className="min-w-0 truncate text-muted text-xs">{item.hint}</span>}
                      {item.keys && (
                        <span className="ms-auto">
                          <Keys keys={item.keys} />
                        </span>
                      )}
                    </ListBoxItem>
                  ))}
                </ListBoxSection>
              ))}
            </ListBox>
          </Autocomplete>
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}
