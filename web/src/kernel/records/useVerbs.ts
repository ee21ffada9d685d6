import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { notify, warn } from '@/ui/overlays/notify';
import { isProblem } from '../http/problem';
import { request } from '../http/request';
import { askWhose } from './ConflictDialog';
import { hideRows, patchRow, refetch, showRow } from './changes';
import type { RecordRow } from './fields';
import type { Noun } from './noun';
import { fieldWord, useWords } from './words';

/** Why the server did not take a value. */
export type Refused = (sentence: string) => void;

/** What every screen can do with records of a noun: change, delete, restore; each with its way back. */
export function useVerbs(noun: Noun) {
  const t = useTranslations('records');
  const words = useWords(noun);
  return useMemo(() => {
    const failed = (title: string) => (error: unknown) => {
      if (!isProblem(error)) throw error;
      warn(title, firstSentence(error.errors) ?? error.message);
    };

    /** `refused` hears why the server did not take the values, beside the person who is told. */
    async function change(
      row: RecordRow,
      changes: Record<string, unknown>,
      { undoable = true, refused }: { undoable?: boolean; refused?: Refused } = {},
    ): Promise<boolean> {
      let undecided = false;
      try {
        const next = await patchRow(noun, row, changes, async current => {
          const whose = await askWhose({ noun, mine: changes, current, before: row });
          undecided = whose === null;
          return whose;
        });
        if (next === null) {
          if (undecided) refused?.(t('conflictOpen'));
          return false;
        }
        const [field] = Object.keys(changes);
        const before = Object.fromEntries(Object.keys(changes).map(name => [name, row[name] ?? null]));
        const undo = { label: t('undo'), run: () => void change(next, before, { undoable: false }) };
        notify(
          undoable ? t('changed', { field: fieldWord(words, field ?? '') }) : t('undone'),
          undoable ? undo : undefined,
        );
        return true;
      } catch (error) {
        failed(t('changeFailed', { name: noun.title(row) }))(error);
        if (isProblem(error)) refused?.(firstSentence(error.errors) ?? error.message);
        return false;
      }
    }

    async function restore(row: RecordRow) {
      try {
        showRow(noun, await request<RecordRow>('POST', `${noun.path}/${row.id}/restore`));
        void refetch(noun);
        notify(t('restored', { name: noun.title(row) }));
      } catch (error) {
        failed(t('restoreFailed', { name: noun.title(row) }))(error);
      }
    }

    async function remove(row: RecordRow): Promise<boolean> {
      if (!((await noun.guard?.remove?.(row)) ?? true)) return false;
      hideRows(noun, new Set([row.id]));
      try {
        await removeRow(noun, row);
        notify(t('deleted', { name: noun.title(row) }), { label: t('undo'), run: () => void restore(row) });
        return true;
      } catch (error) {
        failed(t('deleteFailed', { name: noun.title(row) }))(error);
        return false;
      } finally {
        void refetch(noun);
      }
    }

    /** Runs a verb of the noun's own, and says `done` when it worked. */
    async function run(work: () => Promise<unknown>, title: string, done?: string): Promise<boolean> {
      try {
        await work();
        if (done) notify(done);
        return true;
      } catch (error) {
        failed(title)(error);
        return false;
      } finally {
        void refetch(noun);
      }
    }

    return { change, restore, remove, run };
  }, [noun, words, t]);
}

async function removeRow(noun: Noun, row: RecordRow): Promise<void> {
  try {
    await request('DELETE', `${noun.path}/${row.id}`);
  } catch (error) {
    if (!isProblem(error) || !(await noun.guard?.refused?.(error, row))) throw error;
    await removeRow(noun, row);
  }
}

function firstSentence(errors: Readonly<Record<string, readonly string[]>>): string | undefined {
  return Object.values(errors)[0]?.[0];
}
