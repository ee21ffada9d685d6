import { useCallback } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { Noun } from './noun';

/** Goes back to the list a panel lies on, with its search, filters and order. */
export function useClose(noun: Noun): () => void {
  const navigate = useNavigate();
  const { search } = useLocation();
  return useCallback(() => {
    const params = new URLSearchParams(search);
    for (const name of [...params.keys()]) if (name === 'tab' || name.startsWith('with.')) params.delete(name);
    void navigate({ pathname: noun.nav.path, search: params.toString() }, { preventScrollReset: true });
  }, [navigate, noun, search]);
}
