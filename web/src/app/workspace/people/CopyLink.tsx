import ClipboardDocument from '@heroicons/react/16/solid/ClipboardDocumentIcon';
import { Button } from '@heroui/react/button';
import { useId, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { notify } from '@/ui/overlays/notify';
import { Moment } from '@/ui/parts/Moment';

/** A link to be handed to somebody, with a button that copies it. */
export function CopyLink({ link, expiresAt }: { link: string; expiresAt: string }) {
  const t = useTranslations('people');
  const id = useId();
  const box = useRef<HTMLInputElement>(null);

  async function copy() {
    box.current?.select();
    try {
      await navigator.clipboard.writeText(link);
      notify(t('copied'));
    } catch {
      // Without a secure context there is no clipboard; the selected text can be copied by hand.
      notify(t('selected'));
    }
  }

  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="label">
        {t('link')}
      </label>
      <div className="flex gap-2">
        <input
          ref={box}
          id={id}
          readOnly
          value={link}
          className="input min-w-0 flex-1"
          onFocus={event => event.currentTarget.select()}
        />
        <Button autoFocus className="button--lg" onPress={() => void copy()}>
          <ClipboardDocument />
          {t('copy')}
        </Button>
      </div>
      <p className="text-muted text-xs">
        {t('linkHelp')} <Moment at={expiresAt} />.
      </p>
    </div>
  );
}
