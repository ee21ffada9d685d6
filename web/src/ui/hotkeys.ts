import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Hotkey {
  /** "c", "?", "mod+k" (⌘ or Ctrl), or two keys in a row: "g c". */
  keys: string;
  /** What it does, as the help shows it. */
  label: string;
  /** Heading in the help. */
  group: string;
  /** Left out for keys that a part handles itself and the help should still show. */
  run?: () => void;
  /** Also while a text field has the focus; only for keys with `mod`. */
  everywhere?: boolean;
}

/** Keys of the page rest while a panel, dialog or menu has the focus; keys of a panel work only inside it. */
export type HotkeyScope = 'page' | 'panel';

const active = new Set<{ current: readonly Hotkey[]; scope: HotkeyScope }>();
const listeners = new Set<() => void>();
let shown: readonly Hotkey[] = [];
let pending: { key: string; at: number } | null = null;

/** Keys that work while the calling part is on the screen. */
export function useHotkeys(hotkeys: readonly Hotkey[], scope: HotkeyScope = 'page') {
  const latest = useRef(hotkeys);
  latest.current = hotkeys;
  const names = hotkeys.map(hotkey => `${hotkey.keys}${hotkey.label}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the help follows when other keys are offered
  useEffect(() => {
    if (active.size === 0) window.addEventListener('keydown', onKeyDown);
    const own = {
      get current() {
        return latest.current;
      },
      scope,
    };
    active.add(own);
    announce();
    return () => {
      active.delete(own);
      if (active.size === 0) window.removeEventListener('keydown', onKeyDown);
      announce();
    };
  }, [names, scope]);
}

/** All keys on the present screen, for the help. */
export function useActiveHotkeys(): readonly Hotkey[] {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => shown,
  );
}

function announce() {
  shown = [...active].flatMap(one => one.current);
  for (const listener of listeners) listener();
}

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const mod = event.metaKey || event.ctrlKey;
  const key = (mod ? 'mod+' : '') + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
  const typing = event.target instanceof HTMLElement && isText(event.target);
  const before = pending && event.timeStamp - pending.at < 1_000 ? pending.key : null;
  pending = null;
  const scope = scopeOf(event.target);
  const offered = [...active]
    .reverse()
    .flatMap(one => one.current.filter(hotkey => hotkey.everywhere || one.scope === scope));
  const found =
    offered.find(hotkey => before !== null && hotkey.keys === `${before} ${key}`) ??
    offered.find(hotkey => hotkey.keys === key);
  if (found?.run && (!typing || found.everywhere)) {
    event.preventDefault();
    found.run();
  } else if (!typing && !mod && offered.some(hotkey => hotkey.keys.startsWith(`${key} `))) {
    pending = { key, at: event.timeStamp };
  }
}

function scopeOf(target: EventTarget | null): HotkeyScope | null {
  if (!(target instanceof Element)) return 'page';
  const around = target.closest('[role=dialog],[role=alertdialog],[role=menu],[role=listbox]');
  if (around === null) return 'page';
  return around.matches('.side-panel__dialog') ? 'panel' : null;
}

function isText(element: HTMLElement): boolean {
  if (element.isContentEditable) return true;
  if (element instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(element.type);
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

/** "mod+k" as the person's keyboard writes it. */
export function writeKeys(keys: string): string[] {
  const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);
  const names: Record<string, string> = {
    mod: apple ? '⌘' : 'Ctrl',
    Enter: '↵',
    ArrowUp: '↑',
    ArrowDown: '↓',
    Escape: 'Esc',
  };
  return keys.split(/[ +]/).map(key => names[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}
