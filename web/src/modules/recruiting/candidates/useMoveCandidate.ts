import { useMemo } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { CandidateRow, MoveCandidateRequest } from '@/api/types.gen';
import { isProblem, type Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { showOnBoards } from '@/kernel/records/boards';
import { refetch } from '@/kernel/records/changes';
import { askReason } from '@/ui/overlays/askReason';
import { notify, warn } from '@/ui/overlays/notify';
import { candidates } from './collection';
import { askOpenInterviews, type OpenInterview } from './OpenInterviewsDialog';
import { canUndo, reasonFor, type Stage } from './stages';

/**
 * Moves a candidate to another stage: asks for what the step needs, shows it before the server has answered, and puts the
 * candidate back with the server's reason when it refuses. Resolves to whether the candidate moved.
 */
export function useMoveCandidate() {
  const t = useTranslations('candidates');
  const { list } = useFormatter();
  return useMemo(() => {
    const stage = (one: string) => t(`stages.${one as Stage}`);

    async function reasonOf(row: CandidateRow, to: Stage, needed: 'required' | 'optional' | 'none') {
      if (needed === 'none') return '';
      const name = row.fullName;
      return to === 'rejected'
        ? askReason({
            title: t('rejectOne', { name }),
            sentence: row.status === 'hired' ? t('takeBackHire') : undefined,
            action: t('reject'),
            required: needed === 'required',
            danger: true,
          })
        : askReason({ title: t('reopenOne', { name }), action: t('reopen'), required: true });
    }

    /** What the server wants to know before it agrees; null when the refusal stands. */
    async function afterRefusal(problem: Problem, row: CandidateRow, body: MoveCandidateRequest) {
      if (problem.code === 'open_interviews') {
        const open = (problem.body.interviews ?? []) as OpenInterview[];
        return (await askOpenInterviews(row.fullName, open)) ? { ...body, cancelOpenInterviews: true } : null;
      }
      if (problem.code === 'reason_required') {
        const reason = await reasonOf(row, body.status ?? 'applied', 'required');
        return reason === null ? null : { ...body, reason };
      }
      warn(t('notMoved', { name: row.fullName }), sentenceOf(problem, row));
      return null;
    }

    function sentenceOf(problem: Problem, row: CandidateRow): string {
      const { allowed } = problem.body;
      if (problem.code !== 'move_not_allowed' || !Array.isArray(allowed)) return problem.message;
      return allowed.length === 0
        ? t('noMoves', { from: stage(row.status) })
        : t('allowedMoves', { from: stage(row.status), allowed: list(allowed.map(stage), { type: 'disjunction' }) });
    }

    async function move(row: CandidateRow, to: Stage, given?: string): Promise<boolean> {
      const reason = given ?? (await reasonOf(row, to, reasonFor(row.status, to)));
      if (reason === null) return false;
      let body: MoveCandidateRequest | null = { status: to, ...(reason === '' ? {} : { reason }) };
      while (body !== null) {
        showOnBoards(candidates, { ...row, status: to, stageEnteredAt: new Date().toISOString() });
        try {
          const next: CandidateRow = await request('POST', `${candidates.path}/${row.id}/move`, { body });
          showOnBoards(candidates, next);
          void refetch(candidates);
          const undo = canUndo(row.status, to)
            ? { label: t('undo'), run: () => void move(next, row.status, t('undoReason')) }
            : undefined;
          notify(t('moved', { name: row.fullName, stage: stage(to) }), undo);
          return true;
        } catch (error) {
          showOnBoards(candidates, row);
          if (!isProblem(error)) throw error;
          body = await afterRefusal(error, row, body);
        }
      }
      void refetch(candidates);
      return false;
    }

    return move;
  }, [t, list]);
}
