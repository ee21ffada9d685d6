/** Gives the focus to the list on the screen; false where it is shown in a view that is no list. */
export function focusGrid(): boolean {
  const grid = document.querySelector<HTMLElement>('[data-slot=data-grid]');
  grid?.focus();
  return grid !== null;
}

/** The same as soon as there is a list: what was searched for may still be on its way. Who types on, or goes elsewhere, is left alone. */
export function focusGridWhenThere(): boolean {
  if (focusGrid()) return true;
  const from = document.activeElement;
  const stop = () => {
    watch.disconnect();
    from?.removeEventListener('keydown', stop);
  };
  const watch = new MutationObserver(() => {
    if (document.activeElement !== from || focusGrid()) stop();
  });
  watch.observe(document.body, { childList: true, subtree: true });
  // The key that asks for the list is still on its way up.
  setTimeout(() => from?.addEventListener('keydown', stop));
  setTimeout(stop, 10_000);
  return false;
}
