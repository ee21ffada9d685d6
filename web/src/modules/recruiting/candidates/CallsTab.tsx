import { useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import type { CallRow, CandidateRow } from '@/api/types.gen';
import { FieldValue } from '@/kernel/records/FieldValue';
import type { RecordPartProps } from '@/kernel/records/noun';
import { RelatedList } from '@/kernel/records/RelatedList';
import { useRecordPage } from '@/kernel/records/useRecords';
import { useAccess } from '@/kernel/session/useSession';
import { Moment } from '@/ui/parts/Moment';
import calls from '../calls.noun';

/** The calls with a candidate, newest first. */
export default function CallsTab({ row }: RecordPartProps<CandidateRow>) {
  const t = useTranslations('candidates');
  const can = useAccess();
  const navigate = useNavigate();
  const answer = useRecordPage<CallRow>(calls, { candidateId: row.id, sort: '-occurredAt' });
  const given = new URLSearchParams({ 'with.candidateId': row.id, 'with.callerName': row.fullName });
  if (row.phone) given.set('with.callerNumber', row.phone);
  const may = can('calls', 'write') && !row.deletedAt;
  return (
    <RelatedList
      answer={answer}
      empty={{ title: t('noCalls'), sentence: t('noCallsSentence') }}
      add={may ? { label: t('logCall'), run: () => void navigate(`/calls/new?${given}`) } : undefined}
      itemKey={call => call.id}
      href={call => `/calls/${call.id}`}
      draw={call => (
        <>
          <span className="related-list__main">
            <span className="w-32 flex-none">
              <Moment at={call.occurredAt} />
            </span>
            <span className="min-w-0 flex-1 truncate text-muted">
              <FieldValue noun={calls} name="callType" value={call.callType} />
              {call.notes && ` · ${call.notes}`}
            </span>
          </span>
          <FieldValue noun={calls} name="status" value={call.status} />
          <span className="w-12 flex-none text-end">
            <FieldValue noun={calls} name="durationSecs" value={call.durationSecs} />
          </span>
        </>
      )}
    />
  );
}
