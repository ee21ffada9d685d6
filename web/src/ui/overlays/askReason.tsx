import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { TextInput } from '../fields/TextInput';
import { ask } from './ask';
import { FormDialog } from './FormDialog';

interface Question {
  title: string;
  sentence?: string | undefined;
  /** The verb on the button. */
  action: string;
  required: boolean;
  danger?: boolean;
}

/** Asks why. Null when given up, an empty text when no reason was given and none was needed. */
export function askReason(question: Question) {
  return ask<string>(answer => <ReasonDialog {...question} onAnswer={answer} />);
}

function ReasonDialog(props: Question & { onAnswer: (reason: string | null) => void }) {
  const t = useTranslations('ui');
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  return (
    <FormDialog title={props.title} onClose={() => props.onAnswer(null)}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={event => {
          event.preventDefault();
          if (props.required && reason.trim() === '') setMissing(true);
          else props.onAnswer(reason.trim());
        }}
      >
        {props.sentence && <p className="-mt-2 text-muted text-sm">{props.sentence}</p>}
        <TextInput
          label={props.required ? t('reason') : t('reasonOptional')}
          value={reason}
          required={props.required}
          rows={3}
          maxLength={1000}
          autoFocus
          error={missing && reason.trim() === '' ? t('reasonMissing') : undefined}
          onChange={text => setReason(text ?? '')}
        />
        <div className="flex justify-end gap-2">
          <Button variant="outline" onPress={() => props.onAnswer(null)}>
            {t('cancel')}
          </Button>
          <Button type="submit" variant={props.danger ? 'danger' : 'primary'}>
            {props.action}
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}
