import { Button } from '@heroui/react/button';
import { useTranslations } from 'use-intl';
import { ask } from '@/ui/overlays/ask';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { same } from './changes';
import { FieldValue } from './FieldValue';
import type { RecordRow } from './fields';
import type { Noun } from './noun';
import { fieldWord, useWords } from './words';

interface Conflict {
  noun: Noun;
  /** What this person wants to write. */
  mine: Readonly<Record<string, unknown>>;
  /** The row as it is now. */
  current: RecordRow;
  /** The row this person started from. */
  before: RecordRow;
}

/** Asks whose values stay, field by field side by side. */
export function askWhose(conflict: Conflict) {
  return ask<'mine' | 'theirs'>(answer => <ConflictDialog {...conflict} onAnswer={answer} />);
}

function ConflictDialog({
  noun,
  mine,
  current,
  before,
  onAnswer,
}: Conflict & { onAnswer: (whose: 'mine' | 'theirs' | null) => void }) {
  const t = useTranslations('records');
  const words = useWords(noun);
  const fields = Object.keys(mine).filter(
    field => !same(mine[field], current[field]) && !same(current[field], before[field]),
  );
  return (
    <FormDialog title={t('conflict', { name: noun.title(current) })} onClose={() => onAnswer(null)} wide>
      <p className="text-muted text-sm">{t('conflictSentence')}</p>
      <table className="mt-4 w-full table-fixed text-start text-sm">
        <thead className="text-muted text-xs">
          <tr className="h-8 border-border border-b">
            <th className="w-1/4 text-start font-medium">{t('field')}</th>
            <th className="text-start font-medium">{t('mine')}</th>
            <th className="text-start font-medium">{t('theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(field => (
            <tr key={field} className="border-row-line border-b align-top">
              <th scope="row" className="py-2 pe-3 text-start font-normal text-muted">
                {fieldWord(words, field)}
              </th>
              <td className="break-words py-2 pe-3">
                <FieldValue noun={noun} name={field} value={mine[field]} wide />
              </td>
              <td className="break-words py-2">
                <FieldValue noun={noun} name={field} value={current[field]} row={current} wide />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="mt-5 flex justify-end gap-2">
        <Button variant="outline" onPress={() => onAnswer('theirs')}>
          {t('takeTheirs')}
        </Button>
        <Button onPress={() => onAnswer('mine')}>{t('keepMine')}</Button>
      </div>
    </FormDialog>
  );
}
