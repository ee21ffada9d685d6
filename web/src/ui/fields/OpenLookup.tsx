import { ComboBox } from '@heroui/react/combo-box';
import { Input } from '@heroui/react/input';
import { ListBox } from '@heroui/react/list-box';
import { useEffect, useState } from 'react';
import { FieldLabel, FieldNotes } from './FieldNotes';
import { aria, type FieldProps } from './field';
import type { LookupItem } from './Lookup';

/** What stands in the box, and the id of the proposal it was taken from. */
export interface OpenChoice {
  id: string | null;
  name: string;
}

/** A name: one of those proposed while typing, or one of one's own. */
export function OpenLookup(
  props: FieldProps<string | null> & {
    find: (search: string, signal: AbortSignal) => Promise<readonly LookupItem[]>;
    onChoose: (choice: OpenChoice) => void;
    placeholder?: string;
    maxLength?: number;
  },
) {
  const { find } = props;
  const [asked, setAsked] = useState<string | null>(null);
  const [items, setItems] = useState<readonly LookupItem[]>([]);

  useEffect(() => {
    if (asked === null) return;
    const abort = new AbortController();
    // Proposals only help: without them the box still takes any name.
    const timer = setTimeout(() => find(asked, abort.signal).then(setItems, () => undefined), asked === '' ? 0 : 200);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [asked, find]);

  return (
    <ComboBox
      {...aria(props)}
      fullWidth
      allowsCustomValue
      menuTrigger="focus"
      items={items}
      inputValue={props.value ?? ''}
      onInputChange={text => {
        if (text === (props.value ?? '')) return;
        setAsked(text);
        const same = items.find(item => item.name === text);
        props.onChange(text === '' ? null : text);
        props.onChoose({ id: same?.id ?? null, name: text });
      }}
      onChange={key => {
        const item = items.find(one => one.id === key);
        if (!item) return;
        props.onChange(item.name);
        props.onChoose({ id: item.id, name: item.name });
      }}
      onOpenChange={open => open && asked === null && setAsked('')}
    >
      <FieldLabel label={props.label} />
      <ComboBox.InputGroup>
        <Input placeholder={props.placeholder} maxLength={props.maxLength ?? 200} />
        <ComboBox.Trigger />
      </ComboBox.InputGroup>
      <FieldNotes help={props.help} error={props.error} />
      <ComboBox.Popover>
        <ListBox>
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
