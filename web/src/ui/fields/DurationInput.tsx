import { useState } from 'react';
import { readDuration, writeDuration } from '../time';
import type { FieldProps } from './field';
import { TextInput } from './TextInput';

/** Seconds, typed as minutes and seconds: "2:30"; a number alone is minutes. */
export function DurationInput(props: FieldProps<number | null>) {
  const [text, setText] = useState<string | null>(null);
  const written = props.value === null ? '' : writeDuration(props.value);
  return (
    <TextInput
      {...props}
      value={text ?? written}
      onChange={next => {
        setText(next ?? '');
        props.onChange(readDuration(next ?? ''));
      }}
      onBlur={() => {
        // What can't be read stays to be mended.
        if (text === null || text.trim() === '' || readDuration(text) !== null) setText(null);
        props.onBlur?.();
      }}
    />
  );
}
