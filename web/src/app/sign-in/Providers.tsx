import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ItemListOfSignInProvider, SignInProvider } from '@/api/types.gen';
import { request } from '@/kernel/http/request';
import { startAddress } from './signInLinks';

/** The ways in by an identity provider. Without an answer there is still the password. */
export function Providers({ next }: { next: string }) {
  const t = useTranslations('signIn');
  const [providers, setProviders] = useState<readonly SignInProvider[]>([]);
  useEffect(() => {
    request<ItemListOfSignInProvider>('GET', '/api/v1/auth/providers').then(
      found => setProviders(found.items),
      () => undefined,
    );
  }, []);
  if (providers.length === 0) return null;
  return (
    <div className="mt-5 flex flex-col gap-2">
      <p className="flex items-center gap-3 text-muted text-xs before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
        {t('or')}
      </p>
      {providers.map(provider => (
        <a
          key={provider.key}
          href={startAddress(provider, next)}
          className="button button--outline button--lg button--full-width mt-1"
        >
          <span className="truncate">{t('continueWith', { provider: provider.name })}</span>
        </a>
      ))}
    </div>
  );
}
