import { useCallback, useEffect, useRef, useState } from 'react';
import { isProblem } from '../../http/problem';
import type { ImportRun, Mapping } from '../contract';
import { draftOf, type MappingDraft, mappingOf } from './mapping';
import { saveMapping } from './runs';

/** How the file is to be read, where the server's guess was wrong. */
export type Source = Pick<Mapping, 'encoding' | 'delimiter' | 'sheet'>;

const pause = 400;

/** The mapping while it is being chosen; the server keeps every choice a moment after it was made. */
export function useDraft(run: ImportRun) {
  const [value, setValue] = useState(() => draftOf(run));
  const [failure, setFailure] = useState<string>();
  const [waiting, setWaiting] = useState(false);
  const unsaved = useRef<MappingDraft | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const attempt = useCallback(async (work: () => Promise<unknown>): Promise<boolean> => {
    setFailure(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      if (!isProblem(error)) throw error;
      setFailure(error.sentence);
      return false;
    }
  }, []);

  const flush = useCallback(async () => {
    clearTimeout(timer.current);
    const draft = unsaved.current;
    // With no column in use there is nothing the server could keep.
    if (draft === null || Object.values(draft.columns).every(field => field === null)) return;
    unsaved.current = null;
    await saveMapping(run.id, mappingOf(draft));
  }, [run.id]);

  // Leaving within the pause must not lose the last choice.
  useEffect(() => () => void flush().catch(() => undefined), [flush]);

  return {
    value,
    failure,
    waiting,
    set(next: MappingDraft) {
      setValue(next);
      unsaved.current = next;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void attempt(flush), pause);
    },
    /** Reads the file anew: other columns may come of it. */
    async reread(source: Source) {
      setWaiting(true);
      clearTimeout(timer.current);
      unsaved.current = null;
      await attempt(async () => {
        const next = await saveMapping(run.id, { ...mappingOf(value), ...source });
        setValue(draftOf(next));
      });
      setWaiting(false);
    },
    /** Does something once the last choice is kept; false when either failed. */
    settle(work: () => Promise<unknown>): Promise<boolean> {
      return attempt(async () => {
        if (unsaved.current === null && run.mapping === null) unsaved.current = value;
        await flush();
        await work();
      });
    },
  };
}
