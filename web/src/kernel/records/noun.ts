import type { ComponentType, ReactNode } from 'react';
import type { BulkResult } from '@/api/types.gen';
import type { FieldProps } from '@/ui/fields/field';
import type { Problem } from '../http/problem';
import type { ListShape, ListState } from '../list/listState';
import type { Icon } from '../modules';
import type { Field, RecordRow } from './fields';

/** The words of a noun in one language. */
export interface NounWords {
  one: string;
  many: string;
  /** The verb on the button that makes one: "Log call". */
  create: string;
  /** What this list is for, shown while it is empty. */
  purpose: string;
  fields: Readonly<Record<string, string>>;
  /** Field → value → word. */
  values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  help?: Readonly<Record<string, string>>;
  /** Verb → its word; also those done to a selection. */
  verbs?: Readonly<Record<string, string>>;
  /** Verb → what is said once it is done; without it the change on the screen says enough. */
  done?: Readonly<Record<string, string>>;
  /** Preset of the list → its word. */
  presets?: Readonly<Record<string, string>>;
}

/** A column that is more than the value of one field. */
export interface OwnColumn<Row> {
  id: string;
  sort?: string;
  width?: number;
  align?: 'start' | 'end';
  cell: (row: Row) => ReactNode;
}

/** Something one can do with a record beyond keeping it. */
export interface Verb<Row> {
  id: string;
  icon: Icon;
  /** Whether it makes sense for this row; true when left out. */
  when?: (row: Row) => boolean;
  /** Done when it resolves; the record and its lists are fetched again. Problems are shown by the caller. */
  run: (row: Row) => Promise<unknown>;
  danger?: boolean;
}

/** Something one can do with all selected rows at once. */
export interface BulkVerb {
  id: string;
  icon: Icon;
  /** Asks for what it needs; null when given up. `done` takes the number of rows finished so far. */
  run: (ids: readonly string[], done: (count: number) => void) => Promise<BulkResult | null>;
}

export interface ListViewProps<Row> {
  noun: Noun;
  state: ListState;
  query: Readonly<Record<string, string>>;
  openedId: string | undefined;
  open: (row: Row) => void;
  canWrite: boolean;
}

/** A way to look at the list other than the table. */
export interface ListView<Row> {
  key: string;
  icon: Icon;
  /** With nothing to show, the words of the empty table stand there instead. */
  emptyAsTable?: boolean;
  Component: ComponentType<ListViewProps<Row>>;
}

/** More about a record, as a tab of its panel. */
export interface RecordTab<Row> {
  key: string;
  /** Page of the permission matrix that it needs besides the record's own. */
  page?: string;
  /** Level it needs on that page; read when left out. */
  level?: 'read' | 'write';
  Component: ComponentType<RecordPartProps<Row>>;
}

/** What a part of a record's panel gets. */
export interface RecordPartProps<Row> {
  noun: Noun;
  row: Row;
  canWrite: boolean;
}

/** Where days begin and end (IANA names): those of instants in the person's zone, those of civil dates in the workspace's. */
export interface DayZones {
  mine: string;
  workspace: string;
}

/** A question people ask of the list every day, one click away. */
export interface ListPreset {
  key: string;
  filters: (zones: DayZones) => Readonly<Record<string, string>>;
  sort?: string;
}

/** A form control of the noun's own: it sees the whole form, and may set other fields too. */
export interface OwnInputProps<Row, Input> extends FieldProps<unknown> {
  noun: Noun;
  row: Row | undefined;
  values: Partial<Input>;
  set: (change: Partial<Input>) => void;
}

/** Questions around changes that reach beyond the record. */
export interface Guard<Row> {
  /** Before a change is sent. False leaves everything as it is; a function is run once the change is saved. */
  change?: (row: Row, change: Partial<Row>) => Promise<boolean | (() => Promise<unknown>)>;
  /** Before a record goes to the trash. */
  remove?: (row: Row) => Promise<boolean>;
  /** After a refusal: true when its cause is out of the way and the same request is worth another try. */
  refused?: (problem: Problem, row: Row) => Promise<boolean>;
}

type FieldName<Row, Input> = Extract<keyof Row | keyof Input, string>;

export interface NounSpec<Row, Input> {
  /** Its name in the change feed and in live messages. */
  key: string;
  /** Page of the permission matrix. */
  page: string;
  /** Collection of the API. */
  path: string;
  /** Live names of other nouns its rows tell something of: they are fetched again when one of those changes. */
  follows?: readonly string[];
  /** Its records have no name of their own: the API has no lookup of them. */
  unnamed?: boolean;
  /** Its place in the sidebar and in the address bar. */
  nav: { path: string; icon: Icon; order: number; go?: string; hidden?: boolean; level?: 'read' | 'write' };
  /** By language; English is the fallback. */
  words: { en: NounWords } & Readonly<Record<string, NounWords>>;
  fields: Readonly<Partial<Record<FieldName<Row, Input>, Field>>>;
  title: (row: Row) => string;
  list: {
    columns: readonly (FieldName<Row, Input> | OwnColumn<Row>)[];
    /** Columns hidden until somebody wants them. */
    hidden?: readonly string[];
    /** What the two-line card of a phone shows beside the title. */
    phone: { aside?: string; meta: readonly string[] };
    filters: readonly FieldName<Row, Input>[];
    sorts: readonly string[];
    defaultSort: string;
    /** Tabs beside the title. What they ask for may be more than the filters offered. */
    presets?: readonly ListPreset[];
    /** Key of the preset that opens first, for whom has no default view of their own; otherwise everything does. */
    firstPreset?: string;
    views?: readonly ListView<Row>[];
    /** Key of the view that opens first: "table" or one of `views`. */
    firstView?: string;
  };
  form: {
    fields: readonly Extract<keyof Input, string>[];
    /** Fields that take half of the width: two of them lie side by side. */
    halves?: readonly Extract<keyof Input, string>[];
    /** What a new record starts with, beside what the way to the form gave already. */
    defaults?: (given: Partial<Input>) => Partial<Input>;
    /** The generated schema, loaded with the first form. */
    schema?: () => Promise<unknown>;
    /** Values that follow from what was just typed. */
    derive?: (values: Input, changed: string) => Partial<Input>;
    /** Fields of `fields` that the control of another field draws and sets. */
    unseen?: readonly Extract<keyof Input, string>[];
    /** Controls of the noun's own; `lazy()` keeps them out of the list. */
    inputs?: Readonly<Partial<Record<Extract<keyof Input, string>, ComponentType<OwnInputProps<Row, Input>>>>>;
  };
  /** Fields of the panel; those of the form when left out. */
  details?: readonly FieldName<Row, Input>[];
  verbs?: readonly Verb<Row>[];
  /** What a selection can be done to, besides setting a field and deleting. */
  bulk?: readonly BulkVerb[];
  guard?: Guard<Row>;
  /** Takes the place of the ordinary form at `<path>/new`. */
  Create?: ComponentType<{ noun: Noun }>;
  tabs?: readonly RecordTab<Row>[];
  /** Drawn under the title of the panel; a `lazyPart` is loaded with the list. */
  Heading?: ComponentType<RecordPartProps<Row>> & { preload?: () => void };
}

/** A noun as the kernel's screens see it: the types of its row and input were checked where it was declared. */
export type Noun = NounSpec<RecordRow, Record<string, unknown>> & { shape: ListShape };

/** Declares a noun; everything ordinary about its screens follows. */
export function defineNoun<Row extends object, Input extends object>(spec: NounSpec<Row, Input>): Noun {
  const { list } = spec;
  const views = ['table', ...(list.views ?? []).map(view => view.key)];
  const first = list.firstView ?? 'table';
  const shape: ListShape = {
    sorts: list.sorts,
    filters: [
      ...new Set([
        ...list.filters,
        ...(list.presets ?? []).flatMap(preset =>
          Object.keys(preset.filters({ mine: 'UTC', workspace: 'UTC' })).map(name => name.split('.')[0] ?? name),
        ),
      ]),
    ],
    views: [first, ...views.filter(view => view !== first)],
    defaultSort: list.defaultSort,
  };
  return { ...(spec as unknown as Noun), shape };
}

/** The field's declaration, or undefined for what only a row carries. */
export function fieldOf(noun: Noun, name: string): Field | undefined {
  return noun.fields[name];
}
