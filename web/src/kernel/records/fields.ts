import type { Tone } from '@/ui/parts/StateDot';

/** What a row of any noun has. */
export interface RecordRow {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  deletedAt?: string | null;
  [field: string]: unknown;
}

interface Shared {
  required?: boolean;
  /** Shown, never typed. */
  readOnly?: boolean;
  /** Typed when the record is made; afterwards only a verb changes it. */
  once?: boolean;
  /** Not for those who see their own rows only; the server tells them nothing of it. */
  staffOnly?: boolean;
  /** Width of its column in pixels; left out, it takes what is left. */
  width?: number;
}

export interface TextKind extends Shared {
  kind: 'text';
  input?: 'text' | 'email' | 'tel' | 'url' | 'password';
  maxLength?: number;
  rows?: number;
}
export interface ChoiceKind extends Shared {
  kind: 'choice';
  /** Value → tone of its dot, or null for a plain word. The order is that of the lists. */
  options: Readonly<Record<string, Tone | null>>;
}
export interface NumberKind extends Shared {
  kind: 'number';
  min?: number;
  max?: number;
  step?: number;
  /** How the number is written: as it is, as minutes:seconds of seconds, with "min", minutes of work as hours, or
   * an amount with its thousands apart. */
  as?: 'plain' | 'duration' | 'minutes' | 'work' | 'amount';
}
export interface FlagKind extends Shared {
  kind: 'flag';
}
export interface DateKind extends Shared {
  kind: 'date';
}
export interface MomentKind extends Shared {
  kind: 'moment';
  /** People plan with it: its presets look ahead. */
  ahead?: boolean;
}
export interface LookupKind extends Shared {
  kind: 'lookup';
  /** The lookup endpoint: `GET <path>?search=&ids=`. */
  path: string;
  /** Field of the row that carries the name of the chosen one. */
  nameField?: string;
  /** Where the chosen one opens, for those who may read that page. */
  opens?: { page: string; path: string };
  /** Draw it as a person, with a face. */
  person?: boolean;
}
/** Some of many, found by typing. */
export interface LookupsKind extends Shared {
  kind: 'lookups';
  /** The lookup endpoint: `GET <path>?search=&ids=`. */
  path: string;
}
export interface TagsKind extends Shared {
  kind: 'tags';
}

/** Some lengths of time, in minutes. */
export interface SpansKind extends Shared {
  kind: 'spans';
  /** Those offered at a press. */
  usual: readonly number[];
  /** How many can be chosen. */
  most: number;
}

export interface RatingKind extends Shared {
  kind: 'rating';
  /** Number of stars. */
  most: number;
}

export type Field =
  | TextKind
  | ChoiceKind
  | NumberKind
  | FlagKind
  | DateKind
  | MomentKind
  | LookupKind
  | LookupsKind
  | TagsKind
  | SpansKind
  | RatingKind;

export const text = (options: Omit<TextKind, 'kind'> = {}): TextKind => ({ kind: 'text', maxLength: 200, ...options });
export const longText = (options: Omit<TextKind, 'kind'> = {}): TextKind => ({
  kind: 'text',
  rows: 4,
  maxLength: 10_000,
  ...options,
});
export const choice = (options: ChoiceKind['options'], more: Shared = {}): ChoiceKind => ({
  kind: 'choice',
  options,
  ...more,
});
export const number = (options: Omit<NumberKind, 'kind'> = {}): NumberKind => ({ kind: 'number', ...options });
export const flag = (more: Shared = {}): FlagKind => ({ kind: 'flag', ...more });
export const date = (more: Shared = {}): DateKind => ({ kind: 'date', ...more });
export const moment = (options: Omit<MomentKind, 'kind'> = {}): MomentKind => ({ kind: 'moment', ...options });
export const lookup = (path: string, options: Omit<LookupKind, 'kind' | 'path'> = {}): LookupKind => ({
  kind: 'lookup',
  path,
  ...options,
});
export const lookups = (path: string, more: Shared = {}): LookupsKind => ({ kind: 'lookups', path, ...more });
export const tags = (more: Shared = {}): TagsKind => ({ kind: 'tags', ...more });
export const spans = (usual: readonly number[], most: number, more: Shared = {}): SpansKind => ({
  kind: 'spans',
  usual,
  most,
  ...more,
});
export const rating = (most: number, more: Shared = {}): RatingKind => ({ kind: 'rating', most, ...more });

/** The value a field of a fresh form starts with. */
export function emptyValue(field: Field): unknown {
  if (field.kind === 'flag') return false;
  if (field.kind === 'tags' || field.kind === 'lookups' || field.kind === 'spans') return [];
  if (field.kind === 'rating') return 0;
  return field.kind === 'text' && field.required ? '' : null;
}
