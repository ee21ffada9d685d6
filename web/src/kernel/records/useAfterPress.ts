import { useEffect, useMemo } from 'react';

/**
 * Puts off what moves the page until the pointer is up: an error that appears under a field while the next one is being
 * pressed would push that one away from under the pointer, and the press would be lost.
 */
export function useAfterPress(): (work: () => void) => void {
  const press = useMemo(createPress, []);
  useEffect(() => press.watch(), [press]);
  return press.after;
}

function createPress() {
  let down = false;
  let waiting: (() => void)[] = [];
  const begin = () => {
    down = true;
  };
  const end = () => {
    down = false;
    const due = waiting;
    waiting = [];
    // The click comes after the pointer went up.
    if (due.length === 0) return;
    setTimeout(() => {
      for (const work of due) work();
    });
  };
  return {
    after: (work: () => void) => {
      if (down) waiting.push(work);
      else work();
    },
    watch: () => {
      const abort = new AbortController();
      const options = { capture: true, signal: abort.signal };
      window.addEventListener('pointerdown', begin, options);
      for (const ending of ['pointerup', 'pointercancel', 'dragend'] as const)
        window.addEventListener(ending, end, options);
      return () => abort.abort();
    },
  };
}
