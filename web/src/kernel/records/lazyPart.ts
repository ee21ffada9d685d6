import { type ComponentType, lazy } from 'react';

/** A component that is loaded when it is first drawn, or before: then nothing waits for it. */
export function lazyPart<Props>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return Object.assign(lazy(load), { preload: () => void load().catch(() => undefined) });
}
