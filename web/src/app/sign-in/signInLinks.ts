import type { SignInProvider } from '@/api/types.gen';

/** Where the browser goes to sign in by a provider, and to come back to the wanted page. */
export function startAddress(provider: Pick<SignInProvider, 'startUrl'>, next: string): string {
  return `${provider.startUrl}?${new URLSearchParams({ returnTo: next })}`;
}

const refusals = ['sso_failed', 'sso_refused', 'sso_no_access', 'sso_no_email', 'sso_email_not_verified'] as const;

/** Why a provider's way in ended here, from `?error=`; null for what is not known. */
export function refusalOf(error: string | null): (typeof refusals)[number] | null {
  return refusals.find(known => known === error) ?? null;
}
