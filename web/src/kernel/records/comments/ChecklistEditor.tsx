import XMark from '@heroicons/react/16/solid/XMarkIcon';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { type DraftItem, mostItems, nextKey } from './draft';

/** A checklist while it is being written. Enter begins the next item, Backspace in an empty one takes it away. */
export function ChecklistEditor(props: {
  items: readonly DraftItem[];
  onChange: (items: DraftItem[] | null) => void;
  onSubmit: () => void;
  disabled: boolean;
}) {
  const t = useTranslations('comments');
  const list = useRef<HTMLOListElement>(null);
  const focus = (place: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLInputElement>('input')[Math.max(0, place)]?.focus());

  function insert(place: number) {
    if (props.items.length >= mostItems) return;
    const items = [...props.items];
    items.splice(place, 0, { key: nextKey(), text: '' });
    props.onChange(items);
    focus(place);
  }

  function remove(place: number) {
    const items = props.items.filter((_, at) => at !== place);
    props.onChange(items.length > 0 ? items : null);
    focus(place - 1);
  }

  function onKeyDown(event: React.KeyboardEvent<HTMLInputElement>, place: number) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) props.onSubmit();
    else if (event.key === 'Enter') insert(place + 1);
    else if (event.key === 'Backspace' && event.currentTarget.value === '') remove(place);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className="px-3 pb-1">
      <ol ref={list} aria-label={t('checklist')} className="flex flex-col">
        {props.items.map((item, place) => (
          <li key={item.key} className="comment-items__row">
            <span aria-hidden="true" className="comment-items__box" />
            <input
              className="comment-items__text"
              aria-label={t('item', { number: place + 1 })}
              placeholder={t('itemPlaceholder')}
              maxLength={500}
              value={item.text}
              readOnly={props.disabled}
              // biome-ignore lint/a11y/noAutofocus: the person has just asked for this item
              autoFocus={item.text === '' && item.id === undefined}
              onChange={event =>
                props.onChange(
                  props.items.map(one => (one.key === item.key ? { ...one, text: event.target.value } : one)),
                )
              }
              onKeyDown={event => onKeyDown(event, place)}
            />
            <button
              type="button"
              className="comment-small"
              aria-label={t('removeItem', { number: place + 1 })}
              onClick={() => remove(place)}
            >
              <XMark className="size-4" />
            </button>
          </li>
        ))}
      </ol>
      {props.items.length < mostItems && (
        <button type="button" className="front-link" onClick={() => insert(props.items.length)}>
          {t('addItem')}
        </button>
      )}
    </div>
  );
}
