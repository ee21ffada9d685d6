import { Link } from 'react-router';
import { useTranslations } from 'use-intl';
import type { OverdueProject } from '@/api/types.gen';
import { StateDot } from '@/ui/parts/StateDot';
import { openStatuses } from '../projects/statuses';

/** Projects whose delivery has passed, the latest first. */
export function Overdue(props: { projects: readonly OverdueProject[]; total: number; today: string }) {
  const t = useTranslations('production.dashboard');
  if (props.projects.length === 0) return null;
  return (
    <section className="tile" aria-labelledby="overdue-title">
      <header className="tile__head">
        <h3 id="overdue-title" className="tile__title">
          {t('overdue')}
        </h3>
        <Link
          to={`/projects?status=${openStatuses}&deliveryDue.lt=${props.today}`}
          className="text-muted text-sm hover:underline"
        >
          {t('all', { count: props.total })}
        </Link>
      </header>
      <ul className="pb-2">
        {props.projects.map(project => (
          <li key={project.id}>
            <Link to={`/projects/${project.id}`} className="date-row">
              <span className="date-row__day">
                <StateDot tone="red">{t('daysLate', { count: project.daysLate })}</StateDot>
              </span>
              <span className="min-w-0 flex-1 truncate font-medium">{project.title}</span>
              <span className="truncate text-muted max-sm:hidden">{project.producerName}</span>
              <span className="date-row__code">{project.code}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
