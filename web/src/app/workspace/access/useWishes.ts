import { useCallback, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { AccessRow } from '@/api/types.gen';
import { isProblem } from '@/kernel/http/problem';
import { notify, warn } from '@/ui/overlays/notify';
import { sendWish } from './calls';
import { type PendingWish, type Wish, wishBack } from './wish';

export interface Wishes {
  pending: readonly PendingWish[];
  /** Why the last wish for a cell was refused, by "user/page". */
  refusals: ReadonlyMap<string, string>;
  wish: (row: AccessRow, page: string, pageName: string, wish: Wish) => void;
}

export const cellKey = (userId: string, page: string) => `${userId}/${page}`;

/**
 * Sets cells of the matrix, shown before the server has answered. Wishes for one person go out one after the other, so
 * that the last press is what stays. A refusal puts the cell back and says why.
 */
export function useWishes(onAnswer: (row: AccessRow) => void): Wishes {
  const t = useTranslations('people');
  const [pending, setPending] = useState<readonly PendingWish[]>([]);
  const [refusals, setRefusals] = useState<ReadonlyMap<string, string>>(new Map());
  const tails = useRef(new Map<string, Promise<void>>());
  const answered = useRef(onAnswer);
  answered.current = onAnswer;

  const refuse = useCallback((key: string, why: string | null) => {
    setRefusals(before => {
      if (why === null && !before.has(key)) return before;
      const next = new Map(before);
      if (why === null) next.delete(key);
      else next.set(key, why);
      return next;
    });
  }, []);

  const send = useCallback(
    (row: AccessRow, page: string, pageName: string, wish: Wish, undoable: boolean) => {
      const one: PendingWish = { userId: row.id, page, wish };
      const key = cellKey(row.id, page);
      const former = row.cells[page];
      refuse(key, null);
      setPending(before => [...before, one]);
      const work = async () => {
        try {
          const answer = await sendWish(row.id, page, wish);
          answered.current(answer);
          const title = t('accessSaved', {
            name: row.fullName,
            page: pageName,
            level: t(`levels.${answer.cells[page]?.level ?? 'none'}`),
          });
          const undo = () => former && send(answer, page, pageName, wishBack(former), false);
          notify(undoable ? title : t('undone'), undoable && former ? { label: t('undo'), run: undo } : undefined);
        } catch (error) {
          if (!isProblem(error)) throw error;
          const why = error.sentence;
          refuse(key, why);
          warn(t('accessRefused', { name: row.fullName, page: pageName }), why);
        } finally {
          setPending(before => before.filter(other => other !== one));
        }
      };
      const tail = (tails.current.get(row.id) ?? Promise.resolve()).then(work, work);
      tails.current.set(row.id, tail);
    },
    [refuse, t],
  );

  const wish = useCallback<Wishes['wish']>((row, page, name, what) => send(row, page, name, what, true), [send]);
  return { pending, refusals, wish };
}
