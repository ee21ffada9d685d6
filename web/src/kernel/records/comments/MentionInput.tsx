import { useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ItemListOfLookupItem, LookupItem, PersonRef } from '@/api/types.gen';
import { classes } from '@/ui/classes';
import { Person } from '@/ui/parts/Avatar';
import { request } from '../../http/request';
import { mentionAt, withMention } from './mentions';

/** A text in which typing @ finds somebody who can open what it is about. ⌘/Ctrl + Enter sends it. */
export function MentionInput(props: {
  label: string;
  /** Where to ask for people: `GET <people>?search=`. */
  people: string;
  value: string;
  onChange: (text: string) => void;
  /** Somebody was chosen by name. */
  onMention: (person: PersonRef) => void;
  onSubmit: () => void;
  onCancel?: () => void;
  autoFocus?: boolean;
  rows?: number;
}) {
  const t = useTranslations('comments');
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const [found, setFound] = useState<readonly LookupItem[]>([]);
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const typed = mentionAt(props.value, caret);
  const search = typed && typed.start !== dismissed ? typed.search : null;
  const open = search !== null && found.length > 0;

  useEffect(() => {
    if (search === null) return setFound([]);
    const abort = new AbortController();
    const timer = setTimeout(
      () =>
        request<ItemListOfLookupItem>('GET', props.people, {
          query: { search, limit: 6 },
          signal: abort.signal,
        }).then(
          answer => {
            setFound(answer.items);
            setActive(0);
          },
          () => undefined,
        ),
      search === '' ? 0 : 150,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [search, props.people]);

  useEffect(() => {
    if (!props.autoFocus) return;
    const focus = () => {
      if (document.activeElement === box.current) return;
      box.current?.focus();
      box.current?.setSelectionRange(box.current.value.length, box.current.value.length);
    };
    focus();
    // A menu that asked for the box gives the focus back to a button that is gone by then.
    const timer = setTimeout(focus, 50);
    return () => clearTimeout(timer);
  }, [props.autoFocus]);

  function choose(person: LookupItem | undefined) {
    if (!person) return;
    const next = withMention(props.value, caret, person.name);
    props.onMention({ id: person.id, fullName: person.name });
    props.onChange(next.text);
    setCaret(next.caret);
    setFound([]);
    setDismissed(typed?.start ?? null);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(next.caret, next.caret);
    });
  }

  function onKeyDown(event: React.KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (open && step !== 0) setActive((active + step + found.length) % found.length);
    else if (open && (event.key === 'Enter' || event.key === 'Tab')) choose(found[active]);
    else if (open && event.key === 'Escape') setDismissed(typed?.start ?? null);
    else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) props.onSubmit();
    else if (event.key === 'Escape' && props.onCancel) props.onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className="relative">
      <textarea
        ref={box}
        aria-label={props.label}
        aria-haspopup="listbox"
        aria-controls={open ? `${id}-people` : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open ? `${id}-${active}` : undefined}
        className="comment-input"
        placeholder={t('placeholder')}
        rows={props.rows ?? 3}
        maxLength={10_000}
        value={props.value}
        onChange={event => {
          props.onChange(event.target.value);
          setCaret(event.target.selectionStart);
          if (mentionAt(event.target.value, event.target.selectionStart)?.start !== dismissed) setDismissed(null);
        }}
        onSelect={event => setCaret(event.currentTarget.selectionStart)}
        onBlur={() => setFound([])}
        onKeyDown={onKeyDown}
      />
      {open && (
        <div role="listbox" id={`${id}-people`} aria-label={t('people')} className="mention-list">
          {found.map((person, place) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text handles the keys
            <div
              key={person.id}
              id={`${id}-${place}`}
              role="option"
              aria-selected={place === active}
              className={classes('mention-list__item', place === active && 'mention-list__item--on')}
              onMouseDown={event => event.preventDefault()}
              onClick={() => choose(person)}
            >
              <span className="min-w-0 max-w-3/4 flex-none">
                <Person name={person.name} />
              </span>
              {person.detail && (
                <span className="min-w-0 flex-1 truncate ps-3 text-end text-muted text-xs">{person.detail}</span>
              )}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
