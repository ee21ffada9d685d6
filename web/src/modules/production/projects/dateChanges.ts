import type { ProjectRow } from '@/api/types.gen';
import { dayNumber, shiftDay } from '@/ui/days';
import { firstDay, lastDay, type Stage, type StageChange, type StageField } from './stages';

/** Dates and notes of a project as they should be. */
export interface DateChange {
  row: ProjectRow;
  fields: StageChange;
}

/** A stage begins on another day and takes as long as before; null takes it off the plan. */
export function begin(row: ProjectRow, stage: Stage, day: string | null): DateChange['fields'] {
  const [first, last] = [row[firstDay(stage)], row[lastDay(stage)]];
  if (day === null || !first || !last)
    return { [firstDay(stage)]: day, ...(day === null ? { [lastDay(stage)]: null } : {}) };
  return { [firstDay(stage)]: day, [lastDay(stage)]: shiftDay(last, dayNumber(day) - dayNumber(first)) };
}

/** One change for each project, whatever number of its dates it touches. */
export function gather(changes: readonly DateChange[]): DateChange[] {
  const byId = new Map<string, DateChange>();
  for (const { row, fields } of changes) {
    const before = byId.get(row.id);
    byId.set(row.id, { row, fields: { ...before?.fields, ...fields } });
  }
  return [...byId.values()];
}

/** What of a change is one: fields that stand there already are left out. */
export function changed(row: ProjectRow, fields: StageChange): StageChange {
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => (row[name as StageField] ?? null) !== value),
  );
}
