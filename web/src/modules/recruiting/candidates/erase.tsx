import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { CandidateRow } from '@/api/types.gen';
import { request } from '@/kernel/http/request';
import { TextInput } from '@/ui/fields/TextInput';
import { ask } from '@/ui/overlays/ask';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { candidates } from './collection';

/** Forgets a person for good, after their name was typed. */
export async function eraseCandidate(row: CandidateRow): Promise<void> {
  const name = await ask<string>(answer => <EraseDialog name={row.fullName} onAnswer={answer} />);
  if (name !== null) await request('POST', `${candidates.path}/${row.id}/erase`, { body: { confirm: name } });
}

function EraseDialog(props: { name: string; onAnswer: (name: string | null) => void }) {
  const t = useTranslations('candidates');
  const [typed, setTyped] = useState('');
  return (
    <FormDialog title={t('eraseTitle', { name: props.name })} onClose={() => props.onAnswer(null)}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={event => {
          event.preventDefault();
          if (typed.trim() === props.name) props.onAnswer(props.name);
        }}
      >
        <p className="-mt-2 text-muted text-sm">{t('eraseSentence')}</p>
        <TextInput
          label={t('eraseType', { name: props.name })}
          value={typed}
          autoFocus
          onChange={text => setTyped(text ?? '')}
        />
        <div className="flex justify-end gap-2">
          <Button variant="outline" onPress={() => props.onAnswer(null)}>
            {t('cancel')}
          </Button>
          <Button type="submit" variant="danger" isDisabled={typed.trim() !== props.name}>
            {t('erase')}
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}
