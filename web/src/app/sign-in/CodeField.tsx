import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { PlainField } from './PlainField';

/** The second factor: the authenticator's code, or one of the codes that were written down for a lost telephone. */
export function CodeField({ error }: { error?: string | undefined }) {
  const t = useTranslations('secondFactor');
  const [recovery, setRecovery] = useState(false);
  return (
    <div className="flex flex-col items-start gap-2">
      <div className="w-full">
        <PlainField
          key={recovery ? 'recovery' : 'code'}
          label={recovery ? t('recoveryCode') : t('code')}
          name="code"
          autoFocus
          autoComplete={recovery ? 'off' : 'one-time-code'}
          autoCapitalize="off"
          inputMode={recovery ? 'text' : 'numeric'}
          maxLength={40}
          help={recovery ? t('recoveryHelp') : t('codeHelp')}
          error={error}
        />
      </div>
      <button type="button" className="front-link" onClick={() => setRecovery(!recovery)}>
        {recovery ? t('useCode') : t('useRecovery')}
      </button>
    </div>
  );
}
