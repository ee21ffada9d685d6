import AcademicCap from '@heroicons/react/16/solid/AcademicCapIcon';
import DocumentDuplicate from '@heroicons/react/16/solid/DocumentDuplicateIcon';
import Film from '@heroicons/react/16/solid/FilmIcon';
import Users from '@heroicons/react/16/solid/UsersIcon';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { ProductionDashboardView } from '@/api/types.gen';
import { CountCard } from '@/kernel/dashboard/CountCard';
import { DashboardSkeleton } from '@/kernel/dashboard/DashboardSkeleton';
import { FirstSteps } from '@/kernel/dashboard/FirstSteps';
import { PartHead } from '@/kernel/dashboard/Greeting';
import { Shares } from '@/kernel/dashboard/Shares';
import type { Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { follows } from '@/kernel/records/follow';
import { recordKeys } from '@/kernel/records/keys';
import { LoadFailed } from '../LoadFailed';
import { openStatuses as open, statusTones } from '../projects/statuses';
import { Overdue } from './Overdue';
import { Upcoming } from './Upcoming';

/** How the productions stand, what comes next, and what is late. */
export default function Dashboard({ name }: { name: string | null }) {
  const view = useQuery<ProductionDashboardView, Problem>({
    queryKey: [...recordKeys.noun('dashboard'), 'production'],
    queryFn: ({ signal }) => request('GET', '/api/v1/production/dashboard', { signal }),
    // What is counted here is changed elsewhere: whoever comes back sees today's numbers.
    staleTime: 0,
    meta: follows('projects', 'students', 'milestones', 'tasks', 'crew'),
  });
  if (view.data) return <Day view={view.data} name={name} />;
  return view.error ? <LoadFailed problem={view.error} retry={view.refetch} /> : <DashboardSkeleton />;
}

function Day({ view, name }: { view: ProductionDashboardView; name: string | null }) {
  const t = useTranslations('production.dashboard');
  const s = useTranslations('production.projects.statuses');
  const { cards, byStatus, upcoming, overdue, today } = view;
  const soon = upcoming?.filter(date => date.date === today).length ?? 0;
  const facts = [
    ...(soon > 0 ? [t('today', { count: soon })] : []),
    ...(cards.overdueProjects ? [t('lateProjects', { count: cards.overdueProjects })] : []),
    ...(cards.myTasks ? [t('tasksForYou', { count: cards.myTasks })] : []),
  ];
  const fresh = byStatus?.every(one => one.count === 0) ?? false;
  return (
    <div className="dashboard__page">
      <PartHead name={name} facts={facts} />
      {fresh ? (
        <FirstSteps
          steps={[
            {
              page: 'projects',
              to: '/projects/new',
              icon: Film,
              name: t('steps.project'),
              hint: t('steps.projectHint'),
            },
            {
              page: 'students',
              to: '/students/new',
              icon: AcademicCap,
              name: t('steps.student'),
              hint: t('steps.studentHint'),
            },
            {
              page: 'projects',
              to: '/templates/new',
              icon: DocumentDuplicate,
              name: t('steps.template'),
              hint: t('steps.templateHint'),
            },
            {
              page: 'user_management',
              to: '/users/new',
              icon: Users,
              name: t('steps.invite'),
              hint: t('steps.inviteHint'),
            },
          ]}
        />
      ) : (
        <div className="dashboard__cards">
          <CountCard
            name={t('openProjects')}
            count={cards.openProjects}
            to={`/projects?status=${open}`}
            note={cards.overdueProjects ? t('late', { count: cards.overdueProjects }) : undefined}
            noteTo={`/projects?status=${open}&deliveryDue.lt=${today}`}
          />
          <CountCard name={t('students')} count={cards.students} to="/students?status=active" />
          <CountCard
            name={t('openTasks')}
            count={cards.openTasks}
            to="/tasks?doneAt.null=true"
            note={cards.overdueTasks ? t('late', { count: cards.overdueTasks }) : undefined}
            noteTo={`/tasks?projectStatus=${open}&doneAt.null=true&due.lt=${today}`}
          />
          <CountCard name={t('myTasks')} count={cards.myTasks} to="/my-tasks" />
        </div>
      )}
      {!fresh && (
        <div className="dashboard__columns">
          <div className="flex min-w-0 flex-col gap-4">
            {upcoming && <Upcoming dates={upcoming} />}
            {overdue && <Overdue projects={overdue} total={cards.overdueProjects ?? overdue.length} today={today} />}
          </div>
          {byStatus && (
            <section className="tile" aria-labelledby="status-title">
              <header className="tile__head">
                <h3 id="status-title" className="tile__title">
                  {t('byStatus')}
                </h3>
              </header>
              <Shares
                items={byStatus.map(({ status, count }) => ({
                  id: status,
                  name: s(status),
                  tone: statusTones[status],
                  count,
                  to: `/projects?status=${status}`,
                  title: t('statusCount', { status: s(status), count }),
                }))}
              />
            </section>
          )}
        </div>
      )}
    </div>
  );
}
