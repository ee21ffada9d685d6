import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Lookup } from '@/ui/fields/Lookup';
import { ask } from '@/ui/overlays/ask';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { useFind } from '../../records/lookups';
import type { Noun } from '../../records/noun';
import { useWords } from '../../records/words';
import { ImportMessages } from './ImportMessages';

/** Asks which existing record a row is about; null when given up. */
export function chooseRecord(noun: Noun, name: string): Promise<string | null> {
  return ask<string>(answer => (
    <ImportMessages>
      <ChooseDialog noun={noun} name={name} onAnswer={answer} />
    </ImportMessages>
  ));
}

function ChooseDialog({ noun, name, onAnswer }: { noun: Noun; name: string; onAnswer: (id: string | null) => void }) {
  const t = useTranslations('import');
  const words = useWords(noun);
  const find = useFind(`${noun.path}/lookup`);
  const [id, setId] = useState<string | null>(null);
  return (
    <FormDialog title={t('chooseTitle', { name })} onClose={() => onAnswer(null)}>
      <Lookup label={words.one} value={id} onChange={setId} find={find} autoFocus />
      <div className="mt-5 flex justify-end gap-2">
        <Button variant="outline" onPress={() => onAnswer(null)}>
          {t('cancel')}
        </Button>
        <Button isDisabled={id === null} onPress={() => onAnswer(id)}>
          {t('updateThis')}
        </Button>
      </div>
    </FormDialog>
  );
}
