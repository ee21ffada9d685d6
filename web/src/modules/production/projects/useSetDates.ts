import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { ProjectRow } from '@/api/types.gen';
import { isProblem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { currentOf, refetch, showRow } from '@/kernel/records/changes';
import { notify, warn } from '@/ui/overlays/notify';
import { projects } from './collection';
import { type DateChange, gather } from './dateChanges';
import type { StageField } from './stages';

/** Sets dates of many projects, shown at once; who refuses is put back and says why. */
export function useSetDates() {
  const t = useTranslations('production.projects');
  const c = useTranslations('production.common');
  return useMemo(() => {
    async function send(changes: readonly DateChange[]) {
      for (const { row, fields } of changes) showRow(projects, { ...row, ...fields } as never);
      const done: DateChange[] = [];
      const refused: string[] = [];
      await Promise.all(
        changes.map(async change => {
          try {
            const { before, next } = await inTurn(change);
            showRow(projects, next as never);
            const fields = Object.fromEntries(
              Object.keys(change.fields).map(name => [name, before[name as StageField] ?? null]),
            );
            done.push({ row: next, fields });
          } catch (error) {
            showRow(projects, change.row as never);
            if (!isProblem(error)) throw error;
            refused.push(`${change.row.title}: ${error.sentence}`);
          }
        }),
      );
      void refetch(projects);
      if (refused.length > 0) warn(t('datesFailed', { count: refused.length }), refused[0]);
      return done;
    }

    return async function set(changes: readonly DateChange[]): Promise<boolean> {
      const gathered = gather(changes);
      const back = await send(gathered);
      const count = gathered.reduce((sum, one) => sum + Object.keys(one.fields).filter(isFirst).length, 0);
      if (back.length > 0)
        notify(count === 0 && gathered.every(isNoted) ? t('noteSaved') : t('datesSet', { count: Math.max(1, count) }), {
          label: c('undo'),
          run: () => void send(back).then(undone => undone.length > 0 && notify(c('undone'))),
        });
      return back.length === gathered.length;
    };
  }, [t, c]);
}

const isFirst = (field: string) => !field.endsWith('EndDate') && !field.endsWith('Note');
const isNoted = ({ fields }: DateChange) => Object.keys(fields).some(field => field.endsWith('Note'));

/** The last change of each project that is on its way: whoever types fast is not in their own way. */
const underway = new Map<string, Promise<ProjectRow | null>>();

/** Sends a change after those of the same project before it, upon the row they left. */
async function inTurn({ row, fields }: DateChange): Promise<{ before: ProjectRow; next: ProjectRow }> {
  const earlier = underway.get(row.id) ?? Promise.resolve(null);
  const sent = earlier.then(async left => {
    const before = left && left.version > row.version ? left : row;
    return { before, next: await patch(before, fields) };
  });
  const settled = sent.then(
    one => one.next,
    () => earlier,
  );
  underway.set(row.id, settled);
  try {
    return await sent;
  } finally {
    if (underway.get(row.id) === settled) underway.delete(row.id);
  }
}

/** Somebody else's change of other fields is no reason to refuse this one. */
async function patch(row: ProjectRow, fields: DateChange['fields']): Promise<ProjectRow> {
  const send = (version: number) =>
    request<ProjectRow>('PATCH', `${projects.path}/${row.id}`, { body: fields, version });
  try {
    return await send(row.version);
  } catch (error) {
    const current = isProblem(error, 'version_conflict') ? (currentOf(error) as ProjectRow | null) : null;
    const untouched =
      current && Object.keys(fields).every(name => current[name as StageField] === row[name as StageField]);
    if (!current || !untouched) throw error;
    return await send(current.version);
  }
}
