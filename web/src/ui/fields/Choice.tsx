import { ListBox } from '@heroui/react/list-box';
import { Select } from '@heroui/react/select';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { FieldLabel, FieldNotes } from './FieldNotes';
import { aria, type FieldProps } from './field';

export interface ChoiceOption {
  id: string;
  name: string;
  /** How it looks in the list; its name when left out. */
  look?: ReactNode;
}

const none = ' ';

/** One of a few. */
export function Choice(
  props: FieldProps<string | null> & {
    options: readonly ChoiceOption[];
    placeholder?: string;
    nullable?: boolean;
    /** What choosing nothing is called. */
    nothing?: string;
    opened?: boolean;
  },
) {
  const t = useTranslations('ui');
  const options = props.nullable
    ? [{ id: none, name: props.nothing ?? t('nothing') }, ...props.options]
    : props.options;
  const chosen = props.options.find(option => option.id === props.value);
  return (
    <Select
      {...aria(props)}
      fullWidth
      defaultOpen={props.opened ?? false}
      value={props.value}
      onChange={key => props.onChange(key === null || key === none ? null : String(key))}
      placeholder={props.placeholder ?? t('choose')}
    >
      <FieldLabel label={props.label} />
      <Select.Trigger>
        <Select.Value>{chosen ? (chosen.look ?? chosen.name) : (props.placeholder ?? t('choose'))}</Select.Value>
        <Select.Indicator />
      </Select.Trigger>
      <FieldNotes help={props.help} error={props.error} />
      <Select.Popover>
        <ListBox>
          {options.map(option => (
            <ListBox.Item key={option.id} id={option.id} textValue={option.name}>
              {option.look ?? option.name}
              <ListBox.ItemIndicator />
            </ListBox.Item>
          ))}
        </ListBox>
      </Select.Popover>
    </Select>
  );
}
