import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Hotkey {
  /** "c", "?", "mod+k" (⌘ or Ctrl), or two keys in a row: "g c". */
  keys: string;
  /** What it does, as the help shows it. */
  label: string;
  /** Heading in the help. */
  group: string;
  run: () => void;
  /** Also while a text field has the focus; only for keys with `mod`. */
  everywhere?: boolean;
}

const active = new Set<{ current: readonly Hotkey[] }>();
const listeners = new Set<() => void>();
let shown: readonly Hotkey[] = [];
let pending: { key: string; at: number } | null = null;

/** Keys that work while the calling part is on the screen. */
export function useHotkeys(hotkeys: readonly Hotkey[]) {
  const latest = useRef(hotkeys);
  latest.current = hotkeys;
  const names = hotkeys.map(hotkey => `${hotkey.keys}${hotkey.label}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the help follows when other keys are offered
  useEffect(() => {
    if (active.size === 0) window.addEventListener('keydown', onKeyDown);
    active.add(latest);
    announce();
    return () => {
      active.delete(latest);
      if (active.size === 0) window.removeEventListener('keydown', onKeyDown);
      announce();
    };
  }, [names]);
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
  const offered = [...active].reverse().flatMap(one => one.current);
  const found =
    offered.find(hotkey => before !== null && hotkey.keys === `${before} ${key}`) ??
    offered.find(hotkey => hotkey.keys === key);
  if (found && (!typing || found.everywhere) && (found.everywhere || !dialogIsOpen(event.target))) {
    event.preventDefault();
    found.run();
  } else if (!typing && !mod && offered.some(hotkey => hotkey.keys.startsWith(`${key} `))) {
    pending = { key, at: event.timeStamp };
  }
}

/** Keys of the page below must not act while a dialog, menu or panel has the focus; those have their own hotkeys. */
function dialogIsOpen(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('[role=dialog]:not([data-hotkeys]),[role=alertdialog],[role=menu],[role=listbox]') !== null
  );
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
