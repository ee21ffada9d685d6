import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import { Messages } from '@/kernel/i18n/Messages';
import { TextInput } from '@/ui/fields/TextInput';
import { ask } from '@/ui/overlays/ask';
import { FormDialog } from '@/ui/overlays/FormDialog';
import messages from '../messages.en.json';

interface Question {
  /** What has to be typed. */
  word: string;
  removed: number;
  /** The backup's name. */
  name: string;
}

/** Asks before everything is put back, by having the workspace's name typed. */
export async function typeToConfirm(question: Question): Promise<boolean> {
  const sure = await ask<true>(answer => <Dialog {...question} onAnswer={answer} />);
  return sure ?? false;
}

function Dialog(props: Question & { onAnswer: (yes: true | null) => void }) {
  return (
    <Messages add={messages} locale={useLocale()} timeZone={useTimeZone() ?? 'UTC'}>
      <Body {...props} />
    </Messages>
  );
}

function Body({ word, removed, name, onAnswer }: Question & { onAnswer: (yes: true | null) => void }) {
  const t = useTranslations('backup');
  const [text, setText] = useState<string | null>(null);
  const same = text?.trim() === word;
  return (
    <FormDialog title={t('confirmTitle', { word })} onClose={() => onAnswer(null)}>
      <form
        className="flex flex-col gap-4"
        onSubmit={event => {
          event.preventDefault();
          if (same) onAnswer(true);
        }}
      >
        <p className="text-muted text-sm">{t('confirmSentence', { name, removed })}</p>
        <TextInput label={t('confirmType', { word })} value={text} onChange={setText} autoFocus />
        <div className="flex justify-end gap-2">
          <Button variant="outline" onPress={() => onAnswer(null)}>
            {t('cancel')}
          </Button>
          <Button type="submit" variant="danger" isDisabled={!same}>
            {t('restoreAll')}
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}
