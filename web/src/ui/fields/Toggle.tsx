import { Switch } from '@heroui/react/switch';
import { FieldNotes } from './FieldNotes';
import type { FieldProps } from './field';

/** On or off. */
export function Toggle(props: FieldProps<boolean>) {
  return (
    <div className="flex flex-col gap-1">
      <Switch
        size="sm"
        isSelected={props.value}
        onChange={props.onChange}
        isDisabled={props.disabled ?? false}
        {...(props.name === undefined ? {} : { name: props.name })}
      >
        <Switch.Content>
          <Switch.Control>
            <Switch.Thumb />
          </Switch.Control>
          <span className="text-sm">{props.label}</span>
        </Switch.Content>
      </Switch>
      <FieldNotes help={props.help} error={undefined} />
      {props.error && <p className="text-danger text-xs">{props.error}</p>}
    </div>
  );
}
