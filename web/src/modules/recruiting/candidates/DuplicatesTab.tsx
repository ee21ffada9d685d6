import { Button } from '@heroui/react/button';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useTranslations } from 'use-intl';
import type { CandidateRow, MergeRow, PossibleDuplicate } from '@/api/types.gen';
import type { Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import type { RecordPartProps } from '@/kernel/records/noun';
import { RelatedList } from '@/kernel/records/RelatedList';
import { Avatar } from '@/ui/parts/Avatar';
import { Moment } from '@/ui/parts/Moment';
import { candidates, duplicatesKey, mergesKey } from './collection';
import { useMerge } from './useMerge';

/** Who may be the same person, and what was merged into this record. */
export default function DuplicatesTab({ noun, row, canWrite }: RecordPartProps<CandidateRow>) {
  const t = useTranslations('candidates');
  const { merge } = useMerge(noun);
  const answer = useQuery<{ items: PossibleDuplicate[] }, Problem>({
    queryKey: duplicatesKey(row.id),
    queryFn: ({ signal }) => request('GET', `${candidates.path}/${row.id}/duplicates`, { signal }),
    enabled: !row.deletedAt,
  });
  return (
    <div className="flex flex-col gap-4">
      <Merged noun={noun} row={row} canWrite={canWrite} />
      {!row.deletedAt && (
        <RelatedList
          answer={answer}
          empty={{ title: t('noDuplicates'), sentence: t('noDuplicatesSentence') }}
          itemKey={one => one.candidate.id}
          draw={({ candidate, reasons, score }) => (
            <>
              <Avatar name={candidate.fullName} size={28} />
              <span className="min-w-0 flex-1">
                <Link to={`/candidates/${candidate.id}`} className="block truncate font-medium hover:underline">
                  {candidate.fullName}
                </Link>
                <span className="block truncate text-muted text-xs">
                  {t('same', {
                    score: Math.round(score * 100),
                    reasons: reasons.map(reason => t(`sameReasons.${reason}`)).join(', '),
                  })}
                </span>
              </span>
              {canWrite && (
                <Button size="sm" variant="outline" onPress={() => void merge(row, candidate)}>
                  {t('compare')}
                </Button>
              )}
            </>
          )}
        />
      )}
    </div>
  );
}

/** Merges into this record that can still be undone. */
function Merged({ noun, row, canWrite }: RecordPartProps<CandidateRow>) {
  const t = useTranslations('candidates');
  const { undo } = useMerge(noun);
  const merges = useQuery<{ items: MergeRow[] }, Problem>({
    queryKey: mergesKey,
    queryFn: ({ signal }) => request('GET', `${candidates.path}/merges`, { query: { limit: 200 }, signal }),
  });
  const open = merges.data?.items.filter(
    one => one.candidateId === row.id && one.undoneAt === null && Date.parse(one.undoUntil) > Date.now(),
  );
  if (!open || open.length === 0) return null;
  return (
    <ul className="related-list">
      {open.map(one => (
        <li key={one.id} className="related-list__row">
          <span className="min-w-0 flex-1">
            {t('mergedBy', { name: one.duplicateName, by: one.mergedByName })} <Moment at={one.mergedAt} within />
          </span>
          {canWrite && (
            <Button size="sm" variant="outline" onPress={() => void undo(one.id)}>
              {t('undoMerge')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
