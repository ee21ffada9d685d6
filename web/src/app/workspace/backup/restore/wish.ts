import type { RestoreWish } from '../contract';

export type Scope = 'records' | 'noun' | 'workspace';

/** What is to come back, as the address holds it. */
export interface RestoreState {
  scope: Scope;
  noun: string;
  ids: readonly string[];
  mode: RestoreWish['mode'];
}

/** As many records as one address can name. */
export const mostRecords = 100;

const scopes: readonly Scope[] = ['records', 'noun', 'workspace'];

export function readState(params: URLSearchParams): RestoreState {
  const scope = scopes.find(one => one === params.get('scope')) ?? 'records';
  return {
    scope,
    noun: scope === 'workspace' ? '' : (params.get('noun') ?? ''),
    ids: scope === 'records' ? (params.get('ids') ?? '').split(',').filter(Boolean).slice(0, mostRecords) : [],
    // A few records are never reason enough to remove others.
    mode: scope !== 'records' && params.get('mode') === 'replace' ? 'replace' : 'merge',
  };
}

export function writeState(state: RestoreState): URLSearchParams {
  const params = new URLSearchParams();
  if (state.scope !== 'records') params.set('scope', state.scope);
  if (state.noun !== '' && state.scope !== 'workspace') params.set('noun', state.noun);
  if (state.scope === 'records' && state.ids.length > 0) params.set('ids', state.ids.join(','));
  if (state.mode === 'replace' && state.scope !== 'records') params.set('mode', 'replace');
  return params;
}

/** What the server is asked for; null while it is not known what should come back. */
export function wishOf(state: RestoreState): RestoreWish | null {
  if (state.scope === 'workspace') return { mode: state.mode };
  if (state.noun === '') return null;
  if (state.scope === 'noun') return { noun: state.noun, mode: state.mode };
  return state.ids.length === 0 ? null : { noun: state.noun, recordIds: [...state.ids], mode: 'merge' };
}
