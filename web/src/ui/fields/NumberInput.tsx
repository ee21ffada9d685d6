import { NumberField } from '@heroui/react/number-field';
import { FieldLabel, FieldNotes } from './FieldNotes';
import { aria, type FieldProps } from './field';

export function NumberInput(props: FieldProps<number | null> & { min?: number; max?: number; step?: number }) {
  const limits = {
    ...(props.min === undefined ? {} : { minValue: props.min }),
    ...(props.max === undefined ? {} : { maxValue: props.max }),
    ...(props.step === undefined ? {} : { step: props.step }),
  };
  return (
    <NumberField
      {...aria(props)}
      {...limits}
      fullWidth
      value={props.value ?? Number.NaN}
      onChange={value => props.onChange(Number.isNaN(value) ? null : value)}
    >
      <FieldLabel label={props.label} />
      <NumberField.Group>
        <NumberField.Input className="number-field__input text-start tabular-nums" />
      </NumberField.Group>
      <FieldNotes help={props.help} error={props.error} />
    </NumberField>
  );
}
