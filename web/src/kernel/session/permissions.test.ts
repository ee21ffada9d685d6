import { describe, expect, it } from 'vitest';
import { accessOf, wantedPath } from './permissions';

describe('access', () => {
  it('reads a page by its level', () => {
    const can = accessOf({ pages: { calls: 'write', settings: 'read', users: 'none' }, viewAs: null });
    expect([can('calls', 'write'), can('settings', 'write'), can('settings'), can('users'), can('unknown')]).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
  });

  it('is read only while viewing as somebody else', () => {
    const can = accessOf({ pages: { calls: 'write' }, viewAs: { id: 'u', fullName: 'U' } });
    expect([can('calls'), can('calls', 'write')]).toEqual([true, false]);
  });
});

describe('the wanted path', () => {
  it.each([
    ['/candidates?status=applied#x', '/candidates?status=applied#x'],
    ['//evil.example/x', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/login?next=/login', '/'],
    [null, '/'],
  ])('of %s is %s', (next, expected) => expect(wantedPath(next)).toBe(expected));
});
