import { useCallback, useMemo, useState } from 'react';
import type { Noun } from './noun';

export interface ColumnChoice {
  /** All but the first, which is always there. */
  all: readonly string[];
  visible: ReadonlySet<string>;
  show: (visible: ReadonlySet<string>) => void;
  dense: boolean;
  setDense: (dense: boolean) => void;
}

interface Kept {
  hidden: string[];
  dense: boolean;
}

/** Which columns of a noun's table this person sees in this browser, and how tall its rows are. */
export function useColumns(noun: Noun): ColumnChoice {
  const key = `tessera-columns-${noun.key}`;
  const [kept, setKept] = useState<Kept>(() => {
    try {
      return {
        hidden: [...(noun.list.hidden ?? [])],
        dense: false,
        ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Kept>),
      };
    } catch {
      return { hidden: [...(noun.list.hidden ?? [])], dense: false };
    }
  });
  const keep = useCallback(
    (change: Partial<Kept>) =>
      setKept(before => {
        const next = { ...before, ...change };
        localStorage.setItem(key, JSON.stringify(next));
        return next;
      }),
    [key],
  );
  return useMemo(() => {
    const all = noun.list.columns.map(column => (typeof column === 'string' ? column : column.id)).slice(1);
    return {
      all,
      visible: new Set(all.filter(id => !kept.hidden.includes(id))),
      show: visible => keep({ hidden: all.filter(id => !visible.has(id)) }),
      dense: kept.dense,
      setDense: dense => keep({ dense }),
    };
  }, [noun, kept, keep]);
}
