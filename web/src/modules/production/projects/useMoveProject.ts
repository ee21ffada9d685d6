import { useMemo } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { ProjectRow, ProjectStatus } from '@/api/types.gen';
import { isProblem, type Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { refetch, showRow } from '@/kernel/records/changes';
import { askReason } from '@/ui/overlays/askReason';
import { notify, warn } from '@/ui/overlays/notify';
import { projects } from './collection';
import { canUndo, needsReason } from './statuses';

/**
 * Moves a project to another status: shown before the server has answered, and put back with the server's reason when it
 * refuses. Resolves to whether it moved.
 */
export function useMoveProject() {
  const t = useTranslations('production.projects');
  const c = useTranslations('production.common');
  const { list } = useFormatter();
  return useMemo(() => {
    const show = (row: ProjectRow) => showRow(projects, row as never);
    const word = (status: string) => t(`statuses.${status as ProjectStatus}`);

    function why(problem: Problem, row: ProjectRow): string {
      const { allowed } = problem.body;
      if (problem.code !== 'move_not_allowed' || !Array.isArray(allowed)) return problem.message;
      return allowed.length === 0
        ? t('noMoves', { from: word(row.status) })
        : t('allowedMoves', { from: word(row.status), allowed: list(allowed.map(word), { type: 'disjunction' }) });
    }

    return async function move(row: ProjectRow, to: ProjectStatus): Promise<boolean> {
      const reason = needsReason(row.status, to)
        ? await askReason({
            title: t('reopenOne', { name: row.title }),
            sentence: t('reopenSentence'),
            action: t('reopen'),
            required: true,
          })
        : '';
      if (reason === null) return false;
      show({ ...row, status: to });
      try {
        const body = { status: to, ...(reason === '' ? {} : { reason }) };
        const next: ProjectRow = await request('POST', `${projects.path}/${row.id}/move`, { body });
        show(next);
        notify(
          t('moved', { name: row.title, status: word(to) }),
          canUndo(row.status, to) ? { label: c('undo'), run: () => void move(next, row.status) } : undefined,
        );
        return true;
      } catch (error) {
        show(row);
        if (!isProblem(error)) throw error;
        warn(t('notMoved', { name: row.title }), why(error, row));
        return false;
      } finally {
        void refetch(projects);
      }
    };
  }, [t, c, list]);
}
