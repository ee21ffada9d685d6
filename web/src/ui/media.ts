import { useSyncExternalStore } from 'react';

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    changed => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}

/** Pointed at with a finger: what a mouse drags at once is held first. */
export const useTouch = () => useMedia('(pointer: coarse)');

/** Narrower than 640 px: lists become two-line cards, drawers become pages. */
export const usePhone = () => useMedia('(max-width: 639px)');

/** Narrower than 1024 px: the sidebar gives its place to the content. */
export const useNarrow = () => useMedia('(max-width: 1023px)');
