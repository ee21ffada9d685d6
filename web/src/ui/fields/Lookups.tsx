import XMark from '@heroicons/react/16/solid/XMarkIcon';
import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../parts/Avatar';
import type { FieldProps } from './field';
import { Lookup, type LookupItem } from './Lookup';

/** Some of many: a picker that adds, and what was chosen, each with a way out. */
export function Lookups(
  props: FieldProps<readonly string[]> & {
    find: (search: string, signal: AbortSignal) => Promise<readonly LookupItem[]>;
    nameOf: (id: string) => string;
    most?: number;
  },
) {
  const t = useTranslations('ui');
  const { value, most = 20 } = props;
  const [round, setRound] = useState(0);
  const { find } = props;
  const others = useCallback(
    async (search: string, signal: AbortSignal) =>
      (await find(search, signal)).filter(item => !value.includes(item.id)),
    [find, value],
  );
  const full = value.length >= most;
  return (
    <div className="flex flex-col gap-2">
      <Lookup
        // Emptied by starting anew after every choice.
        key={round}
        label={props.label}
        help={props.help}
        error={props.error}
        disabled={(props.disabled ?? false) || full}
        autoFocus={round > 0}
        value={null}
        find={others}
        onChange={id => {
          if (id === null || value.includes(id)) return;
          props.onChange([...value, id]);
          setRound(round + 1);
        }}
      />
      {value.length > 0 && (
        <ul className="flex flex-wrap gap-1.5" aria-label={props.label}>
          {value.map(id => (
            <li key={id} className="flex h-7 items-center gap-1.5 rounded-md bg-default ps-1.5 pe-1 text-sm">
              <Avatar name={props.nameOf(id)} size={18} />
              <span className="max-w-48 truncate">{props.nameOf(id)}</span>
              <button
                type="button"
                aria-label={t('removeWord', { word: props.nameOf(id) })}
                className="grid size-5 cursor-pointer place-items-center rounded text-muted hover:text-foreground"
                onClick={() => props.onChange(value.filter(other => other !== id))}
              >
                <XMark className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
