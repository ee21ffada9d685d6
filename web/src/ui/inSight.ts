/** For a strip that scrolls sideways: what is chosen in it can be seen. As a `ref` it is called when the element appears. */
export function bringIntoSight(element: HTMLElement | null) {
  element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
