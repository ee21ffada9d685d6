import { useId } from 'react';
import { Link } from 'react-router';
import { useTranslations } from 'use-intl';
import type { UpcomingInterview } from '@/api/types.gen';
import { Avatar } from '@/ui/parts/Avatar';
import { EmptyState } from '@/ui/parts/EmptyState';
import { Moment } from '@/ui/parts/Moment';
import { InterviewState } from '../interviews/InterviewState';

/** The next interviews, each leading to its record. */
export function Upcoming({ interviews }: { interviews: readonly UpcomingInterview[] }) {
  const titleId = useId();
  const t = useTranslations('dashboard');
  return (
    <section className="tile" aria-labelledby={titleId}>
      <header className="tile__head">
        <h3 id={titleId} className="tile__title">
          {t('upcoming')}
        </h3>
        <Link to="/interviews" className="text-muted text-sm hover:underline">
          {t('allInterviews')}
          <span className="sr-only"> {t('upcoming').toLowerCase()}</span>
        </Link>
      </header>
      {interviews.length === 0 ? (
        <div className="pb-2">
          <EmptyState title={t('noUpcoming')} sentence={t('noUpcomingSentence')} />
        </div>
      ) : (
        <ul className="pb-2">
          {interviews.map(interview => (
            <li key={interview.id}>
              <Link to={`/interviews/${interview.id}`} className="upcoming__row">
                <Avatar name={interview.candidateName} size={24} />
                <span className="upcoming__who">
                  <span className="truncate font-medium">{interview.candidateName}</span>
                  <span className="truncate text-muted">{interview.candidatePosition}</span>
                </span>
                <span className="upcoming__when">
                  <Moment at={interview.scheduledAt} />
                </span>
                <span className="upcoming__with truncate text-muted">{interview.interviewerName}</span>
                <span className="upcoming__state">
                  <InterviewState status={interview.status} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
