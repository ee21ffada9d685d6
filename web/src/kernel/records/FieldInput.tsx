import { useState } from 'react';
import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import { Choice } from '@/ui/fields/Choice';
import { DateInput, MomentInput } from '@/ui/fields/DateInput';
import { DurationInput } from '@/ui/fields/DurationInput';
import type { FieldProps } from '@/ui/fields/field';
import { Lookup } from '@/ui/fields/Lookup';
import { Lookups } from '@/ui/fields/Lookups';
import { NumberInput } from '@/ui/fields/NumberInput';
import { RatingInput } from '@/ui/fields/Rating';
import { Spans } from '@/ui/fields/Spans';
import { Tags } from '@/ui/fields/Tags';
import { TextInput } from '@/ui/fields/TextInput';
import { Toggle } from '@/ui/fields/Toggle';
import { StateDot } from '@/ui/parts/StateDot';
import type { ChoiceKind, LookupKind, RecordRow } from './fields';
import { useFind, useNames } from './lookups';
import { fieldOf, type Noun } from './noun';
import { fieldWord, spanWord, useWords, valueWord } from './words';

export interface FieldInputProps {
  noun: Noun;
  name: string;
  value: unknown;
  row?: RecordRow | undefined;
  onChange: (value: unknown) => void;
  onBlur?: () => void;
  error?: string | undefined;
  autoFocus?: boolean;
  disabled?: boolean;
  /** The list of a choice is open from the start: typed in place, nothing else is wanted. */
  opened?: boolean;
  /** The whole form and the way to change it, for controls of the noun's own. */
  values?: Readonly<Record<string, unknown>>;
  set?: (change: Readonly<Record<string, unknown>>) => void;
}

/** The form control of a field, chosen by its kind. */
export function FieldInput(props: FieldInputProps) {
  const words = useWords(props.noun);
  const zone = useTimeZone() ?? 'UTC';
  const locale = useLocale();
  const t = useTranslations('records');
  const field = fieldOf(props.noun, props.name);
  if (!field) return null;
  const shared: Omit<FieldProps<never>, 'value' | 'onChange'> = {
    label: fieldWord(words, props.name),
    name: props.name,
    help: words.help?.[props.name],
    error: props.error,
    required: field.required ?? false,
    disabled: props.disabled ?? false,
    autoFocus: props.autoFocus ?? false,
    ...(props.onBlur ? { onBlur: props.onBlur } : {}),
  };
  const { onChange } = props;
  const Own = props.noun.form.inputs?.[props.name];
  if (Own && props.values && props.set) {
    return (
      <Own
        {...shared}
        noun={props.noun}
        row={props.row}
        value={props.value}
        onChange={onChange}
        values={props.values}
        set={props.set}
      />
    );
  }
  const string = typeof props.value === 'string' ? props.value : null;
  switch (field.kind) {
    case 'text':
      return (
        <TextInput
          {...shared}
          value={string}
          onChange={onChange}
          {...(field.input ? { kind: field.input } : {})}
          {...(field.rows ? { rows: field.rows } : {})}
        />
      );
    case 'choice':
      return (
        <ChoiceInput
          {...shared}
          field={field}
          name={props.name}
          noun={props.noun}
          value={string}
          onChange={onChange}
          opened={props.opened ?? false}
        />
      );
    case 'number':
      if (field.as === 'duration') {
        return (
          <DurationInput {...shared} value={typeof props.value === 'number' ? props.value : null} onChange={onChange} />
        );
      }
      return (
        <NumberInput
          {...shared}
          value={typeof props.value === 'number' ? props.value : null}
          onChange={onChange}
          keepsWrong
          {...(field.min === undefined ? {} : { min: field.min })}
          {...(field.max === undefined ? {} : { max: field.max })}
          {...(field.step === undefined ? {} : { step: field.step })}
        />
      );
    case 'flag':
      return <Toggle {...shared} value={props.value === true} onChange={onChange} />;
    case 'date':
      return <DateInput {...shared} value={string} onChange={onChange} />;
    case 'moment':
      return (
        <MomentInput {...shared} value={string} onChange={onChange} zone={zone} zoneNote={t('inZone', { zone })} />
      );
    case 'tags':
      return (
        <Tags {...shared} value={Array.isArray(props.value) ? (props.value as string[]) : []} onChange={onChange} />
      );
    case 'spans':
      return (
        <Spans
          {...shared}
          options={field.usual}
          most={field.most}
          nameOf={minutes => spanWord(words, props.name, minutes, locale)}
          value={Array.isArray(props.value) ? (props.value as number[]) : []}
          onChange={onChange}
        />
      );
    case 'rating':
      return <RatingInput {...shared} most={field.most} value={Number(props.value ?? 0)} onChange={onChange} />;
    case 'lookups':
      return (
        <LookupsInput
          {...shared}
          path={field.path}
          value={Array.isArray(props.value) ? (props.value as string[]) : []}
          onChange={onChange}
        />
      );
    case 'lookup':
      return <LookupInput {...shared} field={field} row={props.row} value={string} onChange={onChange} />;
  }
}

function ChoiceInput({
  field,
  noun,
  name,
  ...props
}: FieldProps<string | null> & { field: ChoiceKind; noun: Noun; name: string; opened: boolean }) {
  const words = useWords(noun);
  const options = Object.entries(field.options).map(([id, tone]) => {
    const word = valueWord(words, name, id);
    return { id, name: word, ...(tone ? { look: <StateDot tone={tone}>{word}</StateDot> } : {}) };
  });
  return <Choice {...props} options={options} nullable={!field.required} />;
}

function LookupInput({
  field,
  row,
  ...props
}: FieldProps<string | null> & { field: LookupKind; row: RecordRow | undefined }) {
  const { path, nameField } = field;
  const [known, setKnown] = useState<string | null>(() => {
    const name = nameField && row ? row[nameField] : null;
    return typeof name === 'string' ? name : null;
  });
  const find = useFind(path);
  // A value that came with the address has an id and no name yet.
  const unknown = useNames(path, props.value !== null && known === null ? [props.value] : []);
  return (
    <Lookup
      {...props}
      find={find}
      chosenName={props.value === null ? null : (known ?? unknown.get(props.value))}
      onChoose={item => setKnown(item?.name ?? null)}
    />
  );
}

function LookupsInput({ path, ...props }: FieldProps<readonly string[]> & { path: string }) {
  const find = useFind(path);
  const names = useNames(path, props.value);
  return <Lookups {...props} find={find} nameOf={id => names.get(id) ?? '…'} />;
}
