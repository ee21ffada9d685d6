import { beforeEach, expect, it, vi } from 'vitest';

const state = vi.hoisted(() => ({ now: { status: 'signed-out', me: null, reason: 'over' } as unknown }));
vi.mock('../session/session', () => ({ session: { get: () => state.now } }));

import { formKey, keepForm, takeKeptForm } from './keptForm';

const store = new Map<string, string>();
vi.stubGlobal('sessionStorage', {
  getItem: (key: string) => store.get(key) ?? null,
  setItem: (key: string, value: string) => store.set(key, value),
  removeItem: (key: string) => store.delete(key),
});

beforeEach(() => {
  store.clear();
  state.now = { status: 'signed-out', me: null, reason: 'over' };
});

it('gives what was typed back once when the session ended elsewhere', () => {
  keepForm('form', { position: 'Half typed' });
  expect(takeKeptForm('form')).toEqual({ position: 'Half typed' });
  expect(takeKeptForm('form')).toBeNull();
});

it('keeps nothing of who signed out or left the form', () => {
  state.now = { status: 'signed-out', me: null, reason: 'left' };
  keepForm('form', { position: 'Half typed' });
  state.now = { status: 'signed-in', me: { user: { id: 'a' } } };
  keepForm('form', { position: 'Half typed' });
  expect(takeKeptForm('form')).toBeNull();
});

it('keeps the forms of two people apart', () => {
  state.now = { status: 'signed-in', me: { user: { id: 'a' } } };
  const first = formKey('candidates', 'x');
  state.now = { status: 'signed-in', me: { user: { id: 'b' } } };
  expect(formKey('candidates', 'x')).not.toBe(first);
});
