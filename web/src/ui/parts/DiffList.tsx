import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { diffWords, type FieldChange, isNothing } from './diff';

/** Fields of one change: struck and red before, green after; what was not there before is only said. Long texts word by word. */
export function DiffList(props: {
  changes: readonly FieldChange[];
  name: (field: string) => string;
  /** The value as the record's screen shows it. */
  write: (field: string, value: unknown) => ReactNode;
  action?: (change: FieldChange) => ReactNode;
}) {
  const t = useTranslations('ui');
  const changes = props.changes.filter(isChange);
  // Where nothing was before, everything is new: marking all of it says nothing.
  const added = changes.every(({ before }) => isNothing(before)) ? 'no-underline' : 'diff-added';
  return (
    <dl className="flex flex-col gap-2">
      {changes.map(change => (
        <div key={change.field} className="group/change min-w-0">
          <dt className="flex min-h-5 items-center justify-between gap-2 text-muted text-xs">
            {props.name(change.field)}
            {props.action?.(change)}
          </dt>
          <dd className="min-w-0 break-words text-sm">
            {isLong(change.before) && isLong(change.after) ? (
              <p className="whitespace-pre-wrap">
                {diffWords(String(change.before), String(change.after)).map((part, place) => {
                  // biome-ignore lint/suspicious/noArrayIndexKey: parts of a finished text
                  if (part.kind === 'same') return <span key={place}>{part.text}</span>;
                  const Mark = part.kind === 'added' ? 'ins' : 'del';
                  return (
                    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a finished text
                    <Mark key={place} className={`diff-${part.kind}`}>
                      {part.text}
                    </Mark>
                  );
                })}
              </p>
            ) : (
              <span className="inline-flex flex-wrap items-baseline gap-x-2 gap-y-1">
                {!isNothing(change.before) && (
                  <>
                    <del className="diff-removed">{props.write(change.field, change.before)}</del>
                    <span aria-hidden="true" className="text-muted">
                      →
                    </span>
                  </>
                )}
                <ins className={added}>
                  {isNothing(change.after) ? t('nothing') : props.write(change.field, change.after)}
                </ins>
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const isChange = ({ before, after }: FieldChange) => !isNothing(before) || !isNothing(after);
const isLong = (value: unknown): value is string => typeof value === 'string' && value.length > 60;
