import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { ProjectRow } from '@/api/types.gen';
import { isProblem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { refetch, showRow } from '@/kernel/records/changes';
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
        changes.map(async ({ row, fields }) => {
          try {
            const next = await request<ProjectRow>('PATCH', `${projects.path}/${row.id}`, {
              body: fields,
              version: row.version,
            });
            showRow(projects, next as never);
            const before = Object.fromEntries(Object.keys(fields).map(name => [name, row[name as StageField] ?? null]));
            done.push({ row: next, fields: before });
          } catch (error) {
            showRow(projects, row as never);
            if (!isProblem(error)) throw error;
            refused.push(
              `${row.title}: ${error.status === 0 ? c('offline') : (Object.values(error.errors)[0]?.[0] ?? error.message)}`,
            );
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
        notify(t('datesSet', { count: Math.max(1, count) }), {
          label: c('undo'),
          run: () => void send(back).then(undone => undone.length > 0 && notify(c('undone'))),
        });
      return back.length === gathered.length;
    };
  }, [t, c]);
}

const isFirst = (field: string) => !field.endsWith('EndDate');
