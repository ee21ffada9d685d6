import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { CandidateRow, MergeSide } from '@/api/types.gen';
import { same } from '@/kernel/records/changes';
import { FieldValue } from '@/kernel/records/FieldValue';
import type { Noun } from '@/kernel/records/noun';
import { fieldWord, useWords } from '@/kernel/records/words';
import { ask } from '@/ui/overlays/ask';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { Moment } from '@/ui/parts/Moment';
import { mergeChoices } from './mergeChoices';

type Take = Record<string, MergeSide>;

/** Both records side by side: asks whose value stays, field by field. Null when given up. */
export function askMerge(noun: Noun, target: CandidateRow, duplicate: CandidateRow) {
  return ask<Take>(answer => <MergeDialog noun={noun} target={target} duplicate={duplicate} onAnswer={answer} />);
}

function MergeDialog(props: {
  noun: Noun;
  target: CandidateRow;
  duplicate: CandidateRow;
  onAnswer: (take: Take | null) => void;
}) {
  const { noun, target, duplicate } = props;
  const t = useTranslations('candidates');
  const words = useWords(noun);
  const [take, setTake] = useState<Take>(() => mergeChoices(target, duplicate));
  const fields = Object.keys(take);
  const sides = { target, duplicate } as const;
  return (
    <FormDialog title={t('mergeTitle', { name: target.fullName })} onClose={() => props.onAnswer(null)} wide>
      <p className="-mt-2 text-muted text-sm">{t('mergeSentence')}</p>
      {fields.length > 0 ? (
        <div className="merge-table">
          <div className="merge-table__head">
            <span />
            <span>
              {t('thisRecord')} <Moment at={target.createdAt} time={false} within />
            </span>
            <span>
              {t('duplicateRecord')} <Moment at={duplicate.createdAt} time={false} within />
            </span>
          </div>
          {fields.map(field => (
            <fieldset key={field} className="merge-table__row">
              <legend>{fieldWord(words, field)}</legend>
              {(['target', 'duplicate'] as const).map(side => {
                const value = sides[side][field as keyof CandidateRow];
                return (
                  <label key={side} className="merge-table__choice">
                    <input
                      type="radio"
                      name={`merge-${field}`}
                      checked={take[field] === side}
                      onChange={() => setTake(before => ({ ...before, [field]: side }))}
                    />
                    <span className="min-w-0 flex-1 break-words">
                      {value === null || value === '' ? (
                        <span className="text-muted">{t('nothing')}</span>
                      ) : (
                        <FieldValue
                          noun={noun}
                          name={field}
                          value={value}
                          row={sides[side] as never}
                          wide={field !== 'email' && field !== 'phone' && field !== 'resumeUrl'}
                        />
                      )}
                    </span>
                  </label>
                );
              })}
            </fieldset>
          ))}
        </div>
      ) : (
        <p className="mt-3 text-sm">{t('mergeSame')}</p>
      )}
      {(['skills', 'tags'] as const).some(list => !same(target[list], duplicate[list])) && (
        <p className="mt-3 text-muted text-sm">{t('mergeLists')}</p>
      )}
      <div className="mt-5 flex justify-end gap-2">
        <Button variant="outline" onPress={() => props.onAnswer(null)}>
          {t('cancel')}
        </Button>
        <Button onPress={() => props.onAnswer(take)}>{t('mergeAction')}</Button>
      </div>
    </FormDialog>
  );
}
