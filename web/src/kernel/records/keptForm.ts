import { session } from '../session/session';

type Values = Record<string, unknown>;

/** A form by its noun, its record and whoever writes: nobody finds what somebody else typed in this tab. */
export function formKey(noun: string, recordId: string | undefined): string {
  return `tessera-form ${session.get().me?.user.id ?? ''} ${noun} ${recordId ?? 'new'}`;
}

/**
 * Keeps in this tab what was typed into a form that goes because the session ended elsewhere: the same person finds it
 * again after signing in. What somebody leaves on purpose is not kept.
 */
export function keepForm(key: string, changed: Values) {
  const state = session.get();
  if (state.status !== 'signed-out' || state.reason !== 'over') return;
  try {
    sessionStorage.setItem(key, JSON.stringify(changed));
  } catch {
    // A full store: nothing is kept.
  }
}

/** What was kept, once. */
export function takeKeptForm(key: string): Values | null {
  const text = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  try {
    return text === null ? null : (JSON.parse(text) as Values);
  } catch {
    return null;
  }
}
