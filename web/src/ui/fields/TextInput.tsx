import { Input } from '@heroui/react/input';
import { TextArea } from '@heroui/react/textarea';
import { TextField } from '@heroui/react/textfield';
import { FieldLabel, FieldNotes } from './FieldNotes';
import { aria, type FieldProps } from './field';

export interface TextInputProps extends FieldProps<string | null> {
  kind?: 'text' | 'email' | 'tel' | 'url' | 'password';
  maxLength?: number;
  /** More than one makes it a text area. */
  rows?: number;
  autoComplete?: string;
  placeholder?: string;
}

/** One line or a few of text. An empty box is `null`, unless the field is required. */
export function TextInput(props: TextInputProps) {
  const { rows = 1 } = props;
  const shared = { placeholder: props.placeholder, maxLength: props.maxLength };
  return (
    <TextField
      {...aria(props)}
      fullWidth
      type={props.kind ?? 'text'}
      value={props.value ?? ''}
      onChange={text => props.onChange(text === '' && !props.required ? null : text)}
      autoComplete={props.autoComplete ?? 'off'}
    >
      <FieldLabel label={props.label} />
      {rows > 1 ? <TextArea rows={rows} {...shared} /> : <Input {...shared} />}
      <FieldNotes help={props.help} error={props.error} />
    </TextField>
  );
}
