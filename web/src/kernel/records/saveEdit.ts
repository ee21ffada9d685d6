import { askWhose } from './ConflictDialog';
import { patchRow, same } from './changes';
import type { RecordRow } from './fields';
import type { Noun } from './noun';
import { startValues } from './RecordForm';

/**
 * Writes what a form changed of the row it started from, and asks whose values stay where somebody else was quicker.
 * Resolves to the row as it is now; null when there was nothing to write or theirs stay; undefined when the question was
 * put away: nothing is decided, and what was typed must not go.
 */
export async function saveEdit(
  noun: Noun,
  before: RecordRow,
  values: Readonly<Record<string, unknown>>,
): Promise<RecordRow | null | undefined> {
  const start = startValues(noun, before);
  const mine = Object.fromEntries(Object.entries(values).filter(([name, value]) => !same(value, start[name])));
  if (Object.keys(mine).length === 0) return null;
  let theirs = false;
  const next = await patchRow(noun, before, mine, async current => {
    const whose = await askWhose({ noun, mine, current, before });
    theirs = whose === 'theirs';
    return whose;
  });
  return next ?? (theirs ? null : undefined);
}
