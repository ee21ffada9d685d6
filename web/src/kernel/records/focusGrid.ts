/** Gives the focus to the list on the screen; false where it is shown in a view that is no list. */
export function focusGrid(): boolean {
  const grid = document.querySelector<HTMLElement>('[data-slot=data-grid]');
  grid?.focus();
  return grid !== null;
}
