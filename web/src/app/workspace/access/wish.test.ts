import { describe, expect, it } from 'vitest';
import type { AccessCell, AccessRow } from '@/api/types.gen';
import { cellAfter, effectsOf, exceptionsOf, settingOf, wishBack, wishFor, withWishes } from './wish';

const inherited = (roleLevel: AccessCell['roleLevel']): AccessCell => ({
  access: 'inherit',
  level: roleLevel,
  roleLevel,
  pinned: false,
  reason: null,
  expiresAt: null,
});

const agent: AccessRow = {
  id: 'u1',
  fullName: 'Chiara Conti',
  email: 'chiara@example.org',
  role: 'agent',
  active: true,
  cells: { candidates: inherited('none'), interviews: inherited('write'), dashboard: inherited('read') },
};

describe('a cell of the access matrix', () => {
  it('takes what is granted, whatever the role says', () =>
    expect(cellAfter(inherited('none'), wishFor('read'), true)).toMatchObject({ access: 'grant', level: 'read' }));

  it('is pinned when the exception says what the role says', () => {
    expect(cellAfter(inherited('write'), wishFor('write'), true).pinned).toBe(true);
    expect(cellAfter(inherited('none'), wishFor('deny'), true).pinned).toBe(true);
    expect(cellAfter(inherited('write'), wishFor('read'), true).pinned).toBe(false);
    expect(cellAfter(inherited('write'), wishFor('inherit'), true).pinned).toBe(false);
  });

  it('opens nothing for somebody who is not active', () =>
    expect(cellAfter(inherited('write'), wishFor('write'), false)).toMatchObject({ level: 'none', pinned: false }));

  it('comes back by its own wish, with reason and end', () => {
    const denied = {
      ...cellAfter(inherited('write'), wishFor('deny'), true),
      reason: 'On leave',
      expiresAt: '2027-01-01T00:00:00Z',
    };
    const changed = cellAfter(denied, wishFor('write'), true);
    expect(changed.reason).toBeNull();
    expect(cellAfter(changed, wishBack(denied), true)).toEqual(denied);
    expect(cellAfter(denied, wishBack(inherited('write')), true)).toEqual(inherited('write'));
  });

  it('is set as a level or refused, never both', () =>
    expect([
      settingOf(inherited('write')),
      settingOf(cellAfter(inherited('none'), wishFor('write'), true)),
      settingOf(cellAfter(inherited('none'), wishFor('deny'), true)),
    ]).toEqual(['inherit', 'write', 'deny']));
});

describe('wishes on their way', () => {
  it('show the last one for a cell and leave other people alone', () => {
    const pending = [
      { userId: 'u1', page: 'candidates', wish: wishFor('read') },
      { userId: 'u2', page: 'interviews', wish: wishFor('deny') },
      { userId: 'u1', page: 'candidates', wish: wishFor('write') },
    ];
    expect(withWishes(agent, pending).cells).toMatchObject({
      candidates: { level: 'write' },
      interviews: { level: 'write' },
    });
    expect(withWishes(agent, pending.slice(1, 2))).toBe(agent);
  });
});

describe('a change of role', () => {
  const row = withWishes(agent, [{ userId: 'u1', page: 'candidates', wish: wishFor('read') }]);
  const viewer = { dashboard: 'read', candidates: 'none' } as const;

  it('keeps exceptions', () => {
    expect(exceptionsOf(row)).toEqual(['candidates']);
    expect(effectsOf(row, viewer, false)).toEqual([
      { page: 'candidates', before: 'read', after: 'read', held: true },
      { page: 'interviews', before: 'write', after: 'none', held: false },
      { page: 'dashboard', before: 'read', after: 'read', held: false },
    ]);
  });

  it('drops them when asked to', () =>
    expect(effectsOf(row, viewer, true)[0]).toEqual({
      page: 'candidates',
      before: 'read',
      after: 'none',
      held: false,
    }));
});
