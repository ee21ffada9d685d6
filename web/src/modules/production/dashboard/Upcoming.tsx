import ExclamationTriangle from '@heroicons/react/16/solid/ExclamationTriangleIcon';
import { useId } from 'react';
import { Link } from 'react-router';
import { useTranslations } from 'use-intl';
import type { UpcomingDate } from '@/api/types.gen';
import { EmptyState } from '@/ui/parts/EmptyState';
import { CivilDate } from '@/ui/parts/Moment';

/** The next dates of all projects, each leading to its project. */
export function Upcoming({ dates }: { dates: readonly UpcomingDate[] }) {
  const titleId = useId();
  const t = useTranslations('production.dashboard');
  const k = useTranslations('production.schedule.kinds');
  return (
    <section className="tile" aria-labelledby={titleId}>
      <header className="tile__head">
        <h3 id={titleId} className="tile__title">
          {t('upcoming')}
        </h3>
        <Link to="/projects?view=calendar" className="text-muted text-sm hover:underline">
          {t('calendar')}
        </Link>
      </header>
      {dates.length === 0 ? (
        <div className="pb-2">
          <EmptyState title={t('noUpcoming')} sentence={t('noUpcomingSentence')} />
        </div>
      ) : (
        <ul className="pb-2">
          {dates.map(date => (
            <li key={`${date.kind} ${date.projectId} ${date.title} ${date.date}`}>
              <Link to={`/projects/${date.projectId}`} className="date-row">
                <span className="date-row__day">
                  <CivilDate on={date.date} />
                </span>
                <span className="date-row__what">{date.kind === 'milestone' ? date.title : k(date.kind)}</span>
                <span className="truncate font-medium">{date.projectTitle}</span>
                {date.warning && (
                  <ExclamationTriangle
                    className="size-4 flex-none text-tone-amber"
                    role="img"
                    aria-label={date.warning.message}
                    title={date.warning.message}
                  />
                )}
                <span className="date-row__code">{date.projectCode}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
