import { describe, expect, it } from 'vitest';
import { refusalOf, startAddress } from './signInLinks';

describe('a way in by a provider', () => {
  it('carries the whole wanted address, also its query and fragment', () => {
    const address = startAddress(
      { startUrl: '/api/v1/auth/oidc/acme/start' },
      '/candidates?status=applied&sort=-name#top',
    );
    const url = new URL(address, 'https://tessera.example');
    expect(url.pathname).toBe('/api/v1/auth/oidc/acme/start');
    expect([...url.searchParams]).toEqual([['returnTo', '/candidates?status=applied&sort=-name#top']]);
  });

  it('says only what is known to have gone wrong', () => {
    expect(refusalOf('sso_email_not_verified')).toBe('sso_email_not_verified');
    expect(refusalOf('<b>call this number</b>')).toBeNull();
    expect(refusalOf(null)).toBeNull();
  });
});
