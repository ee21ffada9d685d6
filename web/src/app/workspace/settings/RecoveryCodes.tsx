import { Button } from '@heroui/react/button';
import { useTranslations } from 'use-intl';
import { notify } from '@/ui/overlays/notify';

/** The codes for the day the device is gone, shown this once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = useTranslations('settings');

  async function copy() {
    try {
      await navigator.clipboard.writeText(codes.join('\n'));
      notify(t('codesCopied'));
    } catch {
      // Without a secure context there is no clipboard; the list can be selected by hand.
      notify(t('selectByHand'));
    }
  }

  return (
    <div className="max-w-md">
      <h3 className="font-medium text-sm">{t('codesTitle')}</h3>
      <p className="mt-1 text-muted text-sm">{t('codesSentence')}</p>
      <ul className="mt-3 grid grid-cols-2 gap-x-6 gap-y-1 rounded-lg border border-border p-4 font-mono text-sm">
        {codes.map(code => (
          <li key={code} className="select-all">
            {code}
          </li>
        ))}
      </ul>
      <div className="mt-4 flex gap-2">
        <Button variant="outline" onPress={() => void copy()}>
          {t('copyCodes')}
        </Button>
        <Button onPress={onDone}>{t('codesKept')}</Button>
      </div>
    </div>
  );
}
