import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { ItemListOfSavedViewRow, SavedViewInput, SavedViewRow } from '@/api/types.gen';
import { notify, warn } from '@/ui/overlays/notify';
import { isProblem, type Problem } from '../http/problem';
import { request } from '../http/request';
import type { Noun } from './noun';

/** The API's word for the noun's list. */
const wordOf = (noun: Noun) => noun.path.slice(noun.path.lastIndexOf('/') + 1);

/** The person's views of a list and those shared with them, and what one can do with them. */
export function useSavedViews(noun: Noun) {
  const t = useTranslations('savedViews');
  const client = useQueryClient();
  const word = wordOf(noun);
  const queryKey = ['views', word];
  const views = useQuery<ItemListOfSavedViewRow, Problem>({
    queryKey,
    queryFn: ({ signal }) => request('GET', '/api/v1/views', { query: { noun: word }, signal }),
    staleTime: 60_000,
  });

  /** Null when it worked; else why not. */
  async function save(change: Partial<SavedViewInput>, before?: SavedViewRow): Promise<Problem | null> {
    const body: SavedViewInput = {
      noun: word,
      name: '',
      query: '',
      ...(before && {
        name: before.name,
        query: before.query,
        sharing: before.sharing,
        role: before.role,
        isDefault: before.isDefault,
      }),
      ...change,
    };
    try {
      if (before) await request('PUT', `/api/v1/views/${before.id}`, { body, version: before.version });
      else await request('POST', '/api/v1/views', { body });
      return null;
    } catch (error) {
      if (!isProblem(error)) throw error;
      return error;
    } finally {
      await client.invalidateQueries({ queryKey });
    }
  }

  /** The same, with what went wrong as a toast. */
  async function change(view: SavedViewRow, what: Partial<SavedViewInput>) {
    const problem = await save(what, view);
    if (problem) warn(t('failed', { name: view.name }), problem.message);
    else notify(t('saved', { name: view.name }));
  }

  async function remove(view: SavedViewRow) {
    try {
      await request('DELETE', `/api/v1/views/${view.id}`);
      const { name, query, sharing, role, isDefault } = view;
      notify(t('deleted', { name }), {
        label: t('undo'),
        run: () => void save({ name, query, sharing, role, isDefault }),
      });
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(t('failed', { name: view.name }), error.message);
    } finally {
      await client.invalidateQueries({ queryKey });
    }
  }

  return { views: views.data?.items, failed: views.isError, save, change, remove };
}
