import type { PointerEvent } from 'react';

const delay = 380;

/** A finger that moves further than this in the meantime scrolls. */
const slack = 8;

/**
 * Calls back when a finger stays where it was put down: then it holds what lies under it, and does not scroll. Returns what
 * ends the waiting.
 */
export function awaitHold(finger: PointerEvent, held: () => void): () => void {
  const { pointerId, clientX, clientY } = finger;
  const timer = setTimeout(() => {
    stop();
    navigator.vibrate?.(10);
    held();
  }, delay);
  const moved = (event: globalThis.PointerEvent) => {
    if (event.pointerId === pointerId && Math.hypot(event.clientX - clientX, event.clientY - clientY) > slack) stop();
  };
  function stop() {
    clearTimeout(timer);
    window.removeEventListener('pointermove', moved);
    for (const end of ends) window.removeEventListener(end, stop);
  }
  window.addEventListener('pointermove', moved);
  for (const end of ends) window.addEventListener(end, stop);
  return stop;
}

const ends = ['pointerup', 'pointercancel', 'scroll'] as const;
