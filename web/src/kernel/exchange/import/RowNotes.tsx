import ExclamationCircle from '@heroicons/react/16/solid/ExclamationCircleIcon';
import ExclamationTriangle from '@heroicons/react/16/solid/ExclamationTriangleIcon';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { RowError } from '@/api/types.gen';
import { useDetail } from '../../records/lookups';
import type { Noun } from '../../records/noun';
import { fieldWord, useWords } from '../../records/words';
import type { ImportRow } from '../contract';
import { cellWord, choiceWords } from './cellWords';
import type { PlanProps } from './PlanRows';
import { orderedErrors } from './plan';

export const hasNotes = (row: ImportRow) => row.errors.length > 0 || row.warnings.length > 0;

/** What is wrong with a row or worth a look, each with the ways out that are one press away. */
export function RowNotes({ noun, row, fields, fix }: Omit<PlanProps, 'rows'> & { row: ImportRow }) {
  const t = useTranslations('import');
  const words = useWords(noun);
  const sentenceOf = ({ field, code, message }: RowError) => {
    const choices = code === 'invalid_choice' ? choiceWords(noun, words, field) : [];
    return choices.length === 0
      ? message
      : t('noChoice', { value: row.values[field]?.trim() ?? '', choices: choices.join(', ') });
  };
  const skip = (
    <button type="button" className="fix" onClick={() => void fix(row, { skip: true })}>
      {t('skipRow')}
    </button>
  );
  return (
    <ul className="row-notes">
      {orderedErrors(row, fields).map((error, place) => (
        <Note
          // biome-ignore lint/suspicious/noArrayIndexKey: two errors of a row may be the same
          key={place}
          icon={<ExclamationCircle className="size-4 flex-none text-danger" />}
          field={error.field === '' ? null : fieldWord(words, error.field)}
          message={sentenceOf(error)}
        >
          {error.suggestions.map(({ value, label }) => (
            <button
              key={value}
              type="button"
              className="fix fix--main"
              onClick={() => void fix(row, { values: { [error.field]: value } })}
            >
              {t('useValue', { value: cellWord(noun, words, error.field, label) })}
              <Detail path={pathOf(noun, error.field)} id={value} />
            </button>
          ))}
          {place === 0 && skip}
        </Note>
      ))}
      {row.warnings.map((warning, place) => (
        <Note
          // biome-ignore lint/suspicious/noArrayIndexKey: two warnings of a row may be the same
          key={place}
          icon={<ExclamationTriangle className="size-4 flex-none text-warning" />}
          field={warning.field ? fieldWord(words, warning.field) : null}
          message={warning.message}
        >
          {row.action !== 'skip' &&
            (warning.nearMatches ?? []).map(match => (
              <button
                key={match.id}
                type="button"
                className="fix"
                onClick={() => void fix(row, { recordId: match.id })}
              >
                {t('updateInstead', { name: match.name })}
                <Detail path={`${noun.path}/lookup`} id={match.id} />
              </button>
            ))}
          {row.action !== 'skip' && row.errors.length === 0 && place === 0 && skip}
        </Note>
      ))}
    </ul>
  );
}

/** Where the names of a field's records are looked up; null where it holds none. */
function pathOf(noun: Noun, name: string): string | null {
  const field = noun.fields[name];
  return field?.kind === 'lookup' ? field.path : null;
}

function Detail({ path, id }: { path: string | null; id: string }) {
  return path && <KnownDetail path={path} id={id} />;
}

function KnownDetail({ path, id }: { path: string; id: string }) {
  const detail = useDetail(path, id);
  return detail && <span className="text-muted"> {detail}</span>;
}

function Note(props: { icon: ReactNode; field: string | null; message: string; children: ReactNode }) {
  return (
    <li className="row-notes__note">
      {props.icon}
      <span className="min-w-0">
        {props.field && <span className="font-medium">{props.field}: </span>}
        {props.message}
      </span>
      <span className="row-notes__fixes">{props.children}</span>
    </li>
  );
}
