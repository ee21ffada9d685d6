import type { Tone } from '../parts/StateDot';

/** From a first to a last civil date (yyyy-mm-dd), both included. */
export interface Span {
  start: string;
  end: string;
}

/** Something on a timeline: a bar over some days, or a milestone on one. */
export interface TimelineItem extends Span {
  id: string;
  /** Id of the lane it lies in. */
  lane: string;
  kind: 'bar' | 'milestone';
  title: string;
  tone: Tone;
  /** The word of its state, for those who can't see the tone. */
  state: string;
  /** What it is compared with, drawn thin above it: the plan over what really happens. */
  plan?: Span | undefined;
  /** Over or called off: drawn quietly. */
  quiet?: boolean;
  fixed?: boolean;
}

export interface TimelineLane {
  id: string;
  name: string;
  /** A second fact beside the name. */
  hint?: string | undefined;
  /** Days with more work than they hold; 1 is exactly full. */
  load?: readonly (Span & { part: number; words: string })[];
}

/** Where somebody wants to put an item. */
export interface TimelineMove extends Span {
  item: TimelineItem;
}

/** What speaks against a move: a refusal can't be dropped, a warning can. */
export interface Obstacle {
  level: 'refusal' | 'warning';
  sentence: string;
}
