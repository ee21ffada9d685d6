import { Input } from '@heroui/react/input';
import { TextArea } from '@heroui/react/textarea';
import { TextField } from '@heroui/react/textfield';
import type { ClipboardEvent } from 'react';
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
  const { kind = 'text' } = props;
  // What is written from right to left begins at the right; addresses and numbers never do.
  const shared = {
    placeholder: props.placeholder,
    maxLength: props.maxLength,
    ...(kind === 'text' ? { dir: 'auto' } : {}),
  };
  return (
    <TextField
      {...aria(props)}
      fullWidth
      type={kind}
      value={props.value ?? ''}
      onChange={text => props.onChange(text === '' && !props.required ? null : text)}
      autoComplete={props.autoComplete ?? 'off'}
    >
      <FieldLabel label={props.label} />
      {rows > 1 ? (
        <TextArea rows={rows} {...shared} />
      ) : (
        <Input {...shared} onPaste={kind === 'password' ? undefined : pasteAsLine} />
      )}
      <FieldNotes help={props.help} error={props.error} />
    </TextField>
  );
}

/** Cells of a table and lines pasted into one line stay apart: the browser alone would glue them together. */
function pasteAsLine(event: ClipboardEvent<HTMLInputElement>) {
  const text = event.clipboardData.getData('text/plain').trim();
  if (!/[\t\r\n]/.test(text)) return;
  event.preventDefault();
  // Unlike setting the value it can be taken back by Ctrl+Z.
  document.execCommand('insertText', false, text.replace(/\s+/g, ' '));
}
