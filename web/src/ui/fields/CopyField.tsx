import ClipboardDocument from '@heroicons/react/16/solid/ClipboardDocumentIcon';
import { Button } from '@heroui/react/button';
import { type ReactNode, useId, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { notify } from '../overlays/notify';

/** A text to be taken elsewhere, with a button that copies it. */
export function CopyField(props: { label: string; value: string; note?: ReactNode }) {
  const t = useTranslations('ui');
  const id = useId();
  const box = useRef<HTMLInputElement>(null);

  async function copy() {
    box.current?.select();
    try {
      await navigator.clipboard.writeText(props.value);
      notify(t('copied'));
    } catch {
      // Without a secure context there is no clipboard; the selected text can be copied by hand.
      notify(t('selectedToCopy'));
    }
  }

  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="label">
        {props.label}
      </label>
      <div className="flex gap-2">
        <input
          ref={box}
          id={id}
          readOnly
          value={props.value}
          className="input min-w-0 flex-1"
          onFocus={event => event.currentTarget.select()}
        />
        <Button autoFocus className="button--lg" onPress={() => void copy()}>
          <ClipboardDocument />
          {t('copy')}
        </Button>
      </div>
      {props.note && <p className="text-muted text-xs">{props.note}</p>}
    </div>
  );
}
