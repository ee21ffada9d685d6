import CalendarDays from '@heroicons/react/16/solid/CalendarDaysIcon';
import { Button } from '@heroui/react/button';
import { Link, useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import type { CandidateRow } from '@/api/types.gen';
import type { RecordPartProps } from '@/kernel/records/noun';
import { useAccess, useMe } from '@/kernel/session/useSession';
import { Moment } from '@/ui/parts/Moment';
import { StateDot } from '@/ui/parts/StateDot';
import { scheduleHref } from './collection';
import { DaysInStage } from './DaysInStage';
import { StageSteps } from './StageSteps';
import { nextStages } from './stages';
import { useMoveCandidate } from './useMoveCandidate';

/** Under a candidate's name: what they want to be, how far they are, and the next step. */
export default function CandidateHeading({ row, canWrite }: RecordPartProps<CandidateRow>) {
  const t = useTranslations('candidates');
  const can = useAccess();
  const navigate = useNavigate();
  const isAdmin = useMe().user.role === 'admin';
  const move = useMoveCandidate();
  const next = canWrite ? nextStages(row.status, isAdmin) : [];
  const facts = [row.position ?? t('noPosition'), row.location].filter(Boolean).join(' · ');
  return (
    <div className="mt-0.5 flex flex-col gap-3 text-sm">
      <p className="text-muted">{facts}</p>
      {row.doNotHire && <StateDot tone="red">{t('doNotHire')}</StateDot>}
      {row.mergedIntoId && (
        <p>
          {t('mergedInto')}{' '}
          <Link to={`/candidates/${row.mergedIntoId}`} className="text-link hover:underline">
            {t('otherRecord')}
          </Link>
        </p>
      )}
      <StageSteps row={row} next={next} onMove={stage => void move(row, stage)} />
      <div className="flex flex-wrap items-center gap-2">
        {can('interviews', 'write') && !row.deletedAt && row.status !== 'rejected' && (
          <Button size="sm" variant="outline" onPress={() => void navigate(scheduleHref(row.id))}>
            <CalendarDays />
            {t('schedule')}
          </Button>
        )}
        {next.includes('rejected') && (
          <Button size="sm" variant="outline" onPress={() => void move(row, 'rejected')}>
            {t('reject')}
          </Button>
        )}
        {next.includes('applied') && (
          <Button size="sm" variant="outline" onPress={() => void move(row, 'applied')}>
            {t('reopen')}
          </Button>
        )}
        <span className="text-muted">
          <DaysInStage row={row} wide />
          {row.nextInterviewAt && (
            <>
              {' · '}
              {t('nextInterview')} <Moment at={row.nextInterviewAt} within />
            </>
          )}
        </span>
      </div>
      {row.rejectedReason && <p className="text-muted">“{row.rejectedReason}”</p>}
    </div>
  );
}
