import { useNow, useTimeZone, useTranslations } from 'use-intl';
import type { CandidateRow } from '@/api/types.gen';
import { daysFrom, writeExactly } from '@/ui/time';

/** How long the candidate has been in the present stage. */
export function DaysInStage({ row, wide }: { row: Pick<CandidateRow, 'stageEnteredAt'>; wide?: boolean }) {
  const t = useTranslations('candidates');
  const zone = useTimeZone() ?? 'UTC';
  const now = useNow().getTime();
  const days = Math.max(0, -daysFrom(Date.parse(row.stageEnteredAt), now, zone));
  return (
    <span className="tabular-nums" title={t('inStageSince', { at: writeExactly(row.stageEnteredAt, zone, 'en') })}>
      {wide ? t('inStage', { count: days }) : t('days', { count: days })}
    </span>
  );
}
