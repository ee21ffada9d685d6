import { type Stage, stages } from './stages';

/** What stands on the calendar of projects: the four stages, and the milestones beside them. */
export const kinds = [...stages, 'milestone'] as const;

export type Kind = Stage | 'milestone';

/** The kinds an address asks for; all where it names none that is known. */
export function readKinds(text: string | null): ReadonlySet<Kind> {
  const asked = kinds.filter(kind => (text ?? '').split(',').includes(kind));
  return new Set(asked.length > 0 ? asked : kinds);
}

/** As the address holds them; null for all. The last one stays: a calendar of nothing answers no question. */
export function toggled(shown: ReadonlySet<Kind>, kind: Kind): string | null {
  const next = kinds.filter(one => (one === kind ? !shown.has(one) : shown.has(one)));
  if (next.length === 0) return kind;
  return next.length === kinds.length ? null : next.join(',');
}
