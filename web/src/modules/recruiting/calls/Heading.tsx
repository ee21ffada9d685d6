import PhoneArrowUpRight from '@heroicons/react/16/solid/PhoneArrowUpRightIcon';
import { Button } from '@heroui/react/button';
import { useNow, useTranslations } from 'use-intl';
import type { CallRow } from '@/api/types.gen';
import { FieldValue } from '@/kernel/records/FieldValue';
import type { RecordPartProps } from '@/kernel/records/noun';
import { useVerbs } from '@/kernel/records/useVerbs';
import { Moment } from '@/ui/parts/Moment';
import { StateDot } from '@/ui/parts/StateDot';
import { followUp } from './followUp';
import { ImportantStar } from './ImportantStar';

/** How the call ended, and whether somebody still waits to be called back. */
export default function CallHeading({ noun, row, canWrite }: RecordPartProps<CallRow>) {
  const t = useTranslations('calls');
  const verbs = useVerbs(noun);
  const now = useNow().getTime();
  const late = row.followUpAt !== null && Date.parse(row.followUpAt) < now;
  return (
    <div className="mt-2 flex flex-col gap-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <ImportantStar noun={noun} call={row} />
        <FieldValue noun={noun} name="status" value={row.status} />
        {row.callType !== row.status && <FieldValue noun={noun} name="callType" value={row.callType} />}
        <FieldValue noun={noun} name="durationSecs" value={row.durationSecs} />
        <Moment at={row.occurredAt} />
      </p>
      {row.followUpAt !== null && (
        <div className="flex flex-wrap items-center gap-3 text-sm">
          {row.followedUpAt === null ? (
            <>
              <span className="flex items-center gap-1.5">
                <StateDot tone={late ? 'red' : 'amber'}>{t(late ? 'overdue' : 'dueBy')}</StateDot>
                <Moment at={row.followUpAt} within />
              </span>
              <a href={`tel:${row.callerNumber}`} className="button button--outline button--sm">
                <PhoneArrowUpRight className="size-4" />
                {t('callBack')}
              </a>
              {canWrite && (
                <Button
                  size="sm"
                  onPress={() => void verbs.run(() => followUp(row), t('returnFailed'), t('returnedAt'))}
                >
                  {t('returned')}
                </Button>
              )}
            </>
          ) : (
            <span className="flex items-center gap-1.5">
              <StateDot tone="green">{t('returnedAt')}</StateDot>
              <Moment at={row.followedUpAt} within />
            </span>
          )}
        </div>
      )}
    </div>
  );
}
