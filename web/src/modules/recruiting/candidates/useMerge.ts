import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { CandidateRow, CandidatesMerged, MergeUndone } from '@/api/types.gen';
import { isProblem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { showOnBoards } from '@/kernel/records/boards';
import { refetch } from '@/kernel/records/changes';
import type { Noun } from '@/kernel/records/noun';
import { fieldWord, useWords } from '@/kernel/records/words';
import { notify, warn } from '@/ui/overlays/notify';
import { candidates } from './collection';
import { askMerge } from './MergeDialog';

/** Makes two records of one person one, and takes that back. */
export function useMerge(noun: Noun) {
  const t = useTranslations('candidates');
  const words = useWords(noun);
  return useMemo(() => {
    function refused(title: string, error: unknown) {
      if (!isProblem(error)) throw error;
      warn(title, error.message);
    }

    async function undo(mergeId: string) {
      try {
        const { candidate, duplicate, kept } = await request<MergeUndone>(
          'POST',
          `${candidates.path}/merges/${mergeId}/undo`,
        );
        showOnBoards(candidates, candidate);
        if (kept.length === 0) notify(t('unmerged', { name: duplicate.fullName }));
        else {
          const fields = kept.filter(one => one.field !== null).map(one => fieldWord(words, one.field ?? ''));
          const records = kept.length - fields.length;
          warn(
            t('unmergedPartly', { name: duplicate.fullName }),
            [...fields, ...(records > 0 ? [t('recordsKept', { count: records })] : [])].join(', '),
          );
        }
      } catch (error) {
        refused(t('notUnmerged'), error);
      } finally {
        void refetch(candidates);
      }
    }

    async function merge(target: CandidateRow, duplicate: CandidateRow) {
      const take = await askMerge(noun, target, duplicate);
      if (take === null) return;
      try {
        const { mergeId, candidate } = await request<CandidatesMerged>(
          'POST',
          `${candidates.path}/${target.id}/merge`,
          { body: { duplicateId: duplicate.id, take }, version: target.version },
        );
        showOnBoards(candidates, candidate);
        notify(t('merged', { name: duplicate.fullName, into: candidate.fullName }), {
          label: t('undo'),
          run: () => void undo(mergeId),
        });
      } catch (error) {
        refused(t('notMerged', { name: target.fullName }), error);
      } finally {
        void refetch(candidates);
      }
    }

    return { merge, undo };
  }, [noun, t, words]);
}
