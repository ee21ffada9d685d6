import { NumberField } from '@heroui/react/number-field';
import { FieldLabel, FieldNotes } from './FieldNotes';
import { aria, type FieldProps } from './field';

interface NumberInputProps extends FieldProps<number | null> {
  min?: number;
  max?: number;
  step?: number;
  /** What is out of bounds stays as it was typed, for whoever checks it to say so; else the nearest bound is taken. */
  keepsWrong?: boolean;
}

export function NumberInput(props: NumberInputProps) {
  const limits = {
    ...(props.min === undefined ? {} : { minValue: props.min }),
    ...(props.max === undefined ? {} : { maxValue: props.max }),
    ...(props.step === undefined ? {} : { step: props.step }),
  };
  return (
    <NumberField
      {...aria(props)}
      {...limits}
      commitBehavior={props.keepsWrong ? 'validate' : 'snap'}
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
