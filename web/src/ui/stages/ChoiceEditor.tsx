import { ListBox } from '@heroui/react/list-box';
import type { ChoiceOption } from '../fields/Choice';
import type { StageEditorProps } from './stage';

/** One of a few, under the cell it belongs to. */
export function ChoiceEditor<Row>(props: StageEditorProps<Row> & { label: string; options: readonly ChoiceOption[] }) {
  return (
    <ListBox
      aria-label={props.label}
      autoFocus
      selectionMode="single"
      disallowEmptySelection
      className="min-w-44 p-1"
      selectedKeys={props.value === null ? [] : [props.value]}
      onSelectionChange={keys => {
        const [key] = keys === 'all' ? [] : [...keys];
        if (key !== undefined && String(key) !== props.value) props.onSet(String(key));
        else props.onClose();
      }}
    >
      {props.options.map(option => (
        <ListBox.Item key={option.id} id={option.id} textValue={option.name}>
          {option.look ?? option.name}
          <ListBox.ItemIndicator />
        </ListBox.Item>
      ))}
    </ListBox>
  );
}
