import { useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import type { CandidateRow, InterviewRow } from '@/api/types.gen';
import type { RecordPartProps } from '@/kernel/records/noun';
import { RelatedList } from '@/kernel/records/RelatedList';
import { useRecordPage } from '@/kernel/records/useRecords';
import { useAccess } from '@/kernel/session/useSession';
import { Moment } from '@/ui/parts/Moment';
import { InterviewState } from '../interviews/InterviewState';
import { scheduleHref } from './collection';

const interviews = { key: 'interviews', path: '/api/v1/recruiting/interviews' };

/** The interviews of a candidate, the next one first. */
export default function InterviewsTab({ row }: RecordPartProps<CandidateRow>) {
  const t = useTranslations('candidates');
  const can = useAccess();
  const navigate = useNavigate();
  const answer = useRecordPage<InterviewRow>(interviews, { candidateId: row.id, sort: '-scheduledAt' });
  const may = can('interviews', 'write') && !row.deletedAt;
  return (
    <RelatedList
      answer={answer}
      empty={{ title: t('noInterviews'), sentence: t('noInterviewsSentence') }}
      add={may ? { label: t('schedule'), run: () => void navigate(scheduleHref(row.id)) } : undefined}
      itemKey={interview => interview.id}
      href={interview => `/interviews/${interview.id}`}
      draw={interview => (
        <>
          <span className="related-list__main">
            <span className="w-32 flex-none">
              <Moment at={interview.scheduledAt} />
            </span>
            <span className="min-w-0 flex-1 truncate">
              {interview.interviewerName}
              {interview.score !== null && (
                <span className="text-muted tabular-nums"> · {t('score', { score: interview.score })}</span>
              )}
            </span>
          </span>
          <InterviewState status={interview.status} />
        </>
      )}
    />
  );
}
