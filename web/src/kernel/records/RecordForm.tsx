import { Button } from '@heroui/react/button';
import { Suspense, useEffect, useRef, useState } from 'react';
import { type Control, Controller, type FieldErrors, type Resolver, useForm, useWatch } from 'react-hook-form';
import { useBlocker } from 'react-router';
import { useLocale, useTranslations } from 'use-intl';
import { confirm } from '@/ui/overlays/ask';
import { notify } from '@/ui/overlays/notify';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { isProblem, type Problem } from '../http/problem';
import { FieldInput, type FieldInputProps } from './FieldInput';
import { emptyValue, type RecordRow } from './fields';
import { formKey, keepForm, takeKeptForm } from './keptForm';
import { fieldOf, type Noun } from './noun';
import { useAfterPress } from './useAfterPress';
import { fieldWord, useWords } from './words';

type Values = Record<string, unknown>;

/** What the server would refuse in any case; said as soon as one leaves the field. */
const isNoEmail = (value: unknown) => typeof value === 'string' && value !== '' && !/^[^@]+@[^@]+$/.test(value.trim());

const isLongerThan = (most: number | undefined, value: unknown) =>
  most !== undefined && typeof value === 'string' && value.trim().length > most;

/** What a form of this noun starts with: the row's values, else the declared defaults, else nothing. */
export function startValues(noun: Noun, row: RecordRow | undefined, given: Values = {}): Values {
  const defaults: Values = { ...noun.form.defaults?.(given), ...given };
  const values: Values = {};
  for (const name of noun.form.fields) {
    const field = fieldOf(noun, name);
    if (field) values[name] = row ? (row[name] ?? emptyValue(field)) : (defaults[name] ?? emptyValue(field));
  }
  return values;
}

interface RecordFormProps {
  noun: Noun;
  row?: RecordRow;
  given?: Values;
  submit: string;
  /** False when nothing was saved and nobody is told of an error: the form stays. */
  save: (values: Values) => Promise<boolean>;
  onCancel: () => void;
}

/**
 * One column of labelled fields, checked on blur and on submit, with the server's errors on their fields. `save` throws
 * the server's Problem; whatever is not an error of a field appears above the buttons.
 */
export function RecordForm(props: RecordFormProps) {
  // As a whole: a noun's own controls that came one by one would push the fields below them down.
  return (
    <Suspense
      fallback={
        <div className="p-5">
          <SkeletonLines lines={6} />
        </div>
      }
    >
      <Fields {...props} />
    </Suspense>
  );
}

function Fields(props: RecordFormProps) {
  const { noun, row } = props;
  const t = useTranslations('records');
  const words = useWords(noun);
  const locale = useLocale();
  const [problem, setProblem] = useState<Problem | null>(null);
  const schema = useRef<Resolver<Values> | null>(null);
  const saved = useRef(false);
  const afterPress = useAfterPress();
  const form = useForm<Values>({
    defaultValues: startValues(noun, row, props.given),
    mode: 'onBlur',
    reValidateMode: 'onChange',
    resolver: async (values, context, options) => {
      const missing: FieldErrors<Values> = {};
      for (const name of noun.form.fields) {
        const value = values[name];
        const field = fieldOf(noun, name);
        if (field?.required && (value === null || value === undefined || value === '')) {
          missing[name] = { type: 'required', message: t('required', { field: fieldWord(words, name) }) };
        } else if (field?.kind === 'text' && field.input === 'email' && isNoEmail(value)) {
          missing[name] = { type: 'email', message: t('noEmail') };
        } else if (field?.kind === 'text' && isLongerThan(field.maxLength, value)) {
          missing[name] = {
            type: 'maxLength',
            message: t('tooLong', { most: field.maxLength ?? 0, count: String(value).trim().length }),
          };
        }
      }
      const checked = await schema.current?.(values, context, options);
      const wrong = { ...checked?.errors, ...missing } as FieldErrors<Values>;
      return Object.keys(wrong).length > 0 ? { values: {}, errors: wrong } : { values, errors: {} };
    },
  });
  const { isDirty, isSubmitting, errors, dirtyFields } = form.formState;
  const { setValue, getValues } = form;

  useEffect(() => {
    const load = noun.form.schema;
    if (!load) return;
    void Promise.all([load(), import('./schemaResolver')]).then(([loaded, { issueSentence, schemaResolver }]) => {
      schema.current = schemaResolver(loaded, issue => {
        const field = fieldOf(noun, String(issue.path?.[0] ?? ''));
        return issueSentence(issue, field, t, locale);
      });
    });
  }, [noun, t, locale]);

  const key = useRef(formKey(noun.key, row?.id)).current;
  const typed = useRef(dirtyFields);
  typed.current = dirtyFields;
  useEffect(() => {
    const kept = takeKeptForm(key);
    for (const [name, value] of Object.entries(kept ?? {})) setValue(name, value, { shouldDirty: true });
    if (kept) notify(t('typedIsBack'));
    return () => {
      const names = Object.keys(typed.current);
      if (names.length > 0 && !saved.current)
        keepForm(key, Object.fromEntries(names.map(one => [one, getValues(one)])));
    };
  }, [key, t, setValue, getValues]);

  const blocker = useBlocker(() => isDirty && !saved.current);
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    void confirm({
      title: t('leave'),
      sentence: t('leaveSentence'),
      action: t('discard'),
      cancel: t('stay'),
      danger: true,
    }).then(yes => (yes ? blocker.proceed() : blocker.reset()));
  }, [blocker, t]);

  async function submit(values: Values) {
    setProblem(null);
    try {
      saved.current = true;
      saved.current = await props.save(values);
    } catch (error) {
      saved.current = false;
      if (!isProblem(error)) throw error;
      setProblem(error);
      let first = true;
      for (const [path, sentences] of Object.entries(error.errors)) {
        const [name = path] = path.split(/[.[]/);
        if (!(noun.form.fields as readonly string[]).includes(name)) continue;
        form.setError(name, { type: 'server', message: sentences.join(' ') }, { shouldFocus: first });
        first = false;
      }
    }
  }

  function change(name: string, value: unknown) {
    form.setValue(name, value, { shouldDirty: true, shouldValidate: form.formState.isSubmitted });
  }

  const shown = noun.form.fields.filter(name => {
    const field = fieldOf(noun, name);
    return !field?.readOnly && !(field?.once && row) && !noun.form.unseen?.includes(name);
  });
  // What was filled in from elsewhere needs no cursor.
  const first = shown.find(name => props.given?.[name] === undefined) ?? shown[0];
  const unplaced = [
    ...Object.entries(errors)
      .filter(([name]) => !(shown as readonly string[]).includes(name))
      .map(([name, error]) => `${fieldWord(words, name)}: ${error?.message ?? ''}`),
    ...(problem &&
    Object.keys(problem.errors).every(path => !(shown as readonly string[]).includes(path.split(/[.[]/)[0] ?? ''))
      ? [problem.message]
      : []),
  ];

  return (
    <form noValidate className="flex min-h-0 flex-1 flex-col" onSubmit={event => void form.handleSubmit(submit)(event)}>
      <div className="grid min-h-0 flex-1 auto-rows-min grid-cols-2 gap-4 overflow-y-auto px-5 py-4">
        {shown.map(name => (
          <Controller
            key={name}
            control={form.control}
            name={name}
            render={({ field, fieldState }) => (
              <div className={noun.form.halves?.includes(name) ? 'min-w-0' : 'col-span-2 min-w-0'}>
                <WatchedInput
                  control={form.control}
                  onSet={change}
                  noun={noun}
                  name={name}
                  row={row}
                  value={field.value}
                  onChange={value => {
                    field.onChange(value);
                    const derived = noun.form.derive?.({ ...form.getValues(), [name]: value }, name) ?? {};
                    for (const [other, next] of Object.entries(derived))
                      form.setValue(other, next, { shouldDirty: true, shouldValidate: true });
                  }}
                  onBlur={() => afterPress(field.onBlur)}
                  error={fieldState.error?.message}
                  autoFocus={name === first}
                />
              </div>
            )}
          />
        ))}
      </div>
      <footer className="flex flex-none flex-col gap-3 border-border border-t px-5 py-3">
        <div role="alert">
          {unplaced.map(sentence => (
            <p key={sentence} className="text-danger text-sm">
              {sentence}
            </p>
          ))}
        </div>
        <div className="flex justify-end gap-2">
          <Button variant="outline" onPress={props.onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" isPending={isSubmitting}>
            {props.submit}
          </Button>
        </div>
      </footer>
    </form>
  );
}

/** A control of the noun's own follows the whole form; the others need only their value. */
function WatchedInput({
  control,
  onSet,
  ...props
}: FieldInputProps & { control: Control<Values>; onSet: (name: string, value: unknown) => void }) {
  return props.noun.form.inputs?.[props.name] ? (
    <OwnInput control={control} onSet={onSet} {...props} />
  ) : (
    <FieldInput {...props} />
  );
}

function OwnInput({
  control,
  onSet,
  ...props
}: FieldInputProps & { control: Control<Values>; onSet: (name: string, value: unknown) => void }) {
  const values = useWatch({ control });
  return (
    <FieldInput
      {...props}
      values={values}
      set={changes => {
        for (const [name, value] of Object.entries(changes)) onSet(name, value);
      }}
    />
  );
}
