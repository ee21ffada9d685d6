import { ComboBox } from '@heroui/react/combo-box';
import { Input } from '@heroui/react/input';
import { ListBox } from '@heroui/react/list-box';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { FieldLabel, FieldNotes } from './FieldNotes';
import { aria, type FieldProps } from './field';

export interface LookupItem {
  id: string;
  name: string;
  /** Tells it from others of the same name. */
  detail?: string | null | undefined;
}

/**
 * One of many, found by typing. `find` is asked with what was typed, a fifth of a second after the last key; answers
 * that come too late are dropped.
 */
export function Lookup(
  props: FieldProps<string | null> & {
    find: (search: string, signal: AbortSignal) => Promise<readonly LookupItem[]>;
    /** Name of the present value, which need not be among the first answers. */
    chosenName?: string | null | undefined;
    onChoose?: (item: LookupItem | null) => void;
  },
) {
  const t = useTranslations('ui');
  const { find } = props;
  const [text, setText] = useState(props.chosenName ?? '');
  const [asked, setAsked] = useState<string | null>(null);
  const [items, setItems] = useState<readonly LookupItem[]>([]);
  const [state, setState] = useState<'idle' | 'waiting' | 'failed'>('idle');
  const known = useRef(props.chosenName);
  // A press opens the list; a focus that comes by itself or by Tab does not cover the form with it.
  const [pressed, setPressed] = useState(false);

  useEffect(() => {
    if (known.current === props.chosenName || props.chosenName == null) return;
    known.current = props.chosenName;
    setText(props.chosenName);
  }, [props.chosenName]);

  useEffect(() => {
    if (asked === null) return;
    const abort = new AbortController();
    setState('waiting');
    const timer = setTimeout(
      () =>
        find(asked, abort.signal).then(
          found => {
            setItems(found);
            setState('idle');
          },
          () => !abort.signal.aborted && setState('failed'),
        ),
      asked === '' ? 0 : 200,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [asked, find]);

  return (
    <ComboBox
      {...aria(props)}
      fullWidth
      allowsEmptyCollection
      menuTrigger={pressed ? 'focus' : 'input'}
      items={items}
      inputValue={text}
      onInputChange={value => {
        setText(value);
        setAsked(value);
        if (value === '') {
          props.onChange(null);
          props.onChoose?.(null);
        }
      }}
      value={props.value}
      onChange={key => {
        const item = items.find(one => one.id === key);
        if (!item) return;
        props.onChange(item.id);
        props.onChoose?.(item);
        known.current = item.name;
        setText(item.name);
      }}
      onOpenChange={open => open && asked === null && setAsked('')}
    >
      <FieldLabel label={props.label} />
      <ComboBox.InputGroup onPointerDownCapture={() => setPressed(true)} onBlur={() => setPressed(false)}>
        <Input placeholder={t('typeToFind')} />
        <ComboBox.Trigger />
      </ComboBox.InputGroup>
      <FieldNotes help={props.help} error={props.error} />
      <ComboBox.Popover>
        <ListBox
          renderEmptyState={() => (
            <p className="px-3 py-2 text-muted text-sm">
              {state === 'failed'
                ? t('findFailed')
                : state === 'waiting' || asked === null
                  ? t('finding')
                  : t('nothingFound')}
            </p>
          )}
        >
          {(item: LookupItem) => (
            <ListBox.Item id={item.id} textValue={item.name}>
              <span className="flex min-w-0 flex-1 items-baseline justify-between gap-3">
                <span className="truncate">{item.name}</span>
                {item.detail && <span className="truncate text-muted text-xs">{item.detail}</span>}
              </span>
            </ListBox.Item>
          )}
        </ListBox>
      </ComboBox.Popover>
    </ComboBox>
  );
}
