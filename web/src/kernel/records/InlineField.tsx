import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { StarButtons } from '@/ui/fields/Rating';
import { same } from './changes';
import { FieldInput } from './FieldInput';
import { FieldValue } from './FieldValue';
import type { RecordRow } from './fields';
import { fieldOf, type Noun } from './noun';
import type { Refused } from './useVerbs';
import { fieldWord, useWords } from './words';

interface Draft {
  value: unknown;
  /** The row it was begun on: what others change meanwhile is not overwritten unseen. */
  from: RecordRow;
  /** Why the server did not take it. */
  refusal?: string;
  /** Whoever typed it is elsewhere by now. */
  quiet?: boolean;
}

/** A field of the panel: read, and typed in place. Leaving it or Enter saves, Escape leaves it as it was. */
export function InlineField(props: {
  noun: Noun;
  name: string;
  row: RecordRow;
  canWrite: boolean;
  onSave: (row: RecordRow, change: Record<string, unknown>, refused: Refused) => Promise<boolean>;
}) {
  const { noun, name, row } = props;
  const t = useTranslations('records');
  const words = useWords(noun);
  const field = fieldOf(noun, name);
  const [draft, setDraft] = useState<Draft | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const back = useRef(false);
  const editable =
    props.canWrite &&
    field !== undefined &&
    !field.readOnly &&
    !field.once &&
    (noun.form.fields as readonly string[]).includes(name) &&
    noun.form.inputs?.[name] === undefined;

  useEffect(() => {
    if (draft !== null || !back.current) return;
    back.current = false;
    button.current?.focus();
  }, [draft]);

  const open = useRef<Draft | null>(null);
  open.current = draft;

  async function save({ value, from }: Draft) {
    open.current = null;
    setDraft(null);
    if (!same(value, from[name]) && !(field?.required && (value === null || value === '')))
      await props.onSave(from, { [name]: value }, refusal => {
        // What was typed is not lost: it stands there again with the reason, and with the focus unless that went on.
        const at = document.activeElement;
        setDraft({ value, from, refusal, quiet: at !== button.current && at !== document.body });
      });
  }

  const leave = useRef(save);
  leave.current = save;
  useEffect(
    () => () => {
      // Going back or to another screen is leaving the field, too, and no focus tells of it.
      if (open.current && open.current.refusal === undefined) void leave.current(open.current);
    },
    [],
  );

  const label = fieldWord(words, name);
  if (editable && field?.kind === 'rating') {
    return (
      <div className="inline-field">
        <span className="text-muted text-xs">{label}</span>
        <div className="flex min-h-7 items-center">
          <StarButtons
            label={label}
            value={Number(row[name] ?? 0)}
            most={field.most}
            onChange={stars => void props.onSave(row, { [name]: stars }, () => undefined)}
          />
        </div>
      </div>
    );
  }
  if (draft !== null && field) {
    const atOnce = field.kind === 'choice' || field.kind === 'flag' || field.kind === 'lookup';
    // In these Enter is a key of the control itself.
    const takesEnter = atOnce || field.kind === 'spans' || (field.kind === 'text' && field.rows !== undefined);
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: keys of the field inside, caught on their way up
      <div
        ref={box}
        className="inline-field inline-field--open"
        onKeyDown={event => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            back.current = true;
            setDraft(null);
          } else if (event.key === 'Enter' && !event.shiftKey && !takesEnter) {
            event.preventDefault();
            back.current = true;
            void save(draft);
          }
        }}
        onBlur={event => {
          const next = event.relatedTarget;
          // Lists and calendars of a field lie outside of it; the focus going there is not leaving.
          const inside =
            next instanceof Node &&
            (box.current?.contains(next) ||
              (next instanceof Element &&
                next.closest('[role=listbox],[role=dialog],[role=grid]') !== null &&
                !next.closest('.side-panel__dialog:not(:has([role=dialog]))')));
          if (!inside && next !== null) void save(draft);
        }}
      >
        <FieldInput
          noun={noun}
          name={name}
          row={row}
          value={draft.value}
          error={draft.refusal}
          autoFocus={!draft.quiet}
          opened={draft.refusal === undefined}
          onChange={value => {
            const next = { value, from: draft.from };
            setDraft(next);
            if (atOnce) {
              back.current = true;
              void save(next);
            }
          }}
        />
      </div>
    );
  }

  const value = row[name];
  const empty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return (
    <div className="inline-field group/field">
      <span className="text-muted text-xs">{label}</span>
      <div className="inline-field__value">
        <div className="min-w-0 flex-1 break-words">
          {empty ? (
            <span className="text-muted">{editable ? t('addValue') : '–'}</span>
          ) : (
            <FieldValue noun={noun} name={name} value={value} row={row} wide />
          )}
        </div>
        {editable && (
          <button
            ref={button}
            type="button"
            className="inline-field__edit"
            aria-label={t('editField', { field: label })}
            onClick={() => setDraft({ value, from: row })}
          />
        )}
      </div>
    </div>
  );
}
