import XMark from '@heroicons/react/16/solid/XMarkIcon';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { FieldProps } from './field';

/** Short words of one's own. Enter or a comma adds one, Backspace in the empty box takes the last one back. */
export function Tags(props: FieldProps<readonly string[]> & { most?: number }) {
  const t = useTranslations('ui');
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const { value, most = 50 } = props;

  function add(words: string) {
    const fresh = words
      .split(',')
      .map(word => word.trim())
      .filter(word => word !== '');
    const next = [...value];
    for (const word of fresh) {
      if (next.length < most && !next.some(other => other.toLowerCase() === word.toLowerCase())) next.push(word);
    }
    if (next.length !== value.length) props.onChange(next);
    setText('');
  }

  function onKeyDown(event: KeyboardEvent) {
    if ((event.key === 'Enter' || event.key === ',') && text.trim() !== '') {
      event.preventDefault();
      add(text);
    } else if (event.key === 'Backspace' && text === '' && value.length > 0) props.onChange(value.slice(0, -1));
  }

  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="label">
        {props.label}
      </label>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the words goes to the box, which has the keys */}
      <div
        className="tags-box"
        data-invalid={props.error !== undefined || undefined}
        onClick={() => box.current?.focus()}
      >
        {value.map(word => (
          <span key={word} className="tags-box__tag">
            <span className="truncate" title={word}>
              {word}
            </span>
            <button
              type="button"
              aria-label={t('removeWord', { word })}
              onClick={() => props.onChange(value.filter(other => other !== word))}
            >
              <XMark className="size-3" />
            </button>
          </span>
        ))}
        <input
          ref={box}
          id={id}
          value={text}
          disabled={props.disabled}
          // biome-ignore lint/a11y/noAutofocus: the first field of a dialog that was just asked for
          autoFocus={props.autoFocus}
          aria-describedby={`${id}-note`}
          aria-invalid={props.error !== undefined}
          onChange={event => setText(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => {
            add(text);
            props.onBlur?.();
          }}
        />
      </div>
      <p id={`${id}-note`} className={props.error ? 'text-danger text-xs' : 'text-muted text-xs'}>
        {props.error ?? props.help ?? t('tagsHelp')}
      </p>
    </div>
  );
}
