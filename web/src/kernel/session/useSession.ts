import { useSyncExternalStore } from 'react';
import { type Access, accessOf } from './permissions';
import { session } from './session';
import type { Me } from './types';

export function useSession() {
  return useSyncExternalStore(session.subscribe, session.get);
}

/** Who is signed in. Only below the signed-in shell. */
export function useMe(): Me {
  const { me } = useSession();
  if (me === null) throw new Error('Nobody is signed in here.');
  return me;
}

/** `can(page, level)` of the signed-in person. */
export function useAccess(): Access {
  return accessOf(useMe());
}
