import CalendarDays from '@heroicons/react/16/solid/CalendarDaysIcon';
import { Button } from '@heroui/react/button';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import type { DashboardView } from '@/api/types.gen';
import { DashboardSkeleton } from '@/kernel/dashboard/DashboardSkeleton';
import { Greeting } from '@/kernel/dashboard/Greeting';
import type { Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { recordKeys } from '@/kernel/records/keys';
import { useAccess } from '@/kernel/session/useSession';
import { PageBar } from '@/ui/PageBar';
import { ErrorState } from '@/ui/parts/ErrorState';
import { Activity } from './Activity';
import { Cards } from './Cards';
import { FirstSteps } from './FirstSteps';
import { Pipeline } from './Pipeline';
import { Upcoming } from './Upcoming';

/** The start: what the day looks like, for the screens the person has. */
export default function Dashboard() {
  const t = useTranslations('dashboard');
  const can = useAccess();
  const navigate = useNavigate();
  const view = useQuery<DashboardView, Problem>({
    queryKey: [...recordKeys.noun('dashboard'), 'view'],
    queryFn: ({ signal }) => request('GET', '/api/v1/recruiting/dashboard', { signal }),
    // What is counted here is changed elsewhere: whoever comes back sees today's numbers.
    staleTime: 0,
  });
  return (
    <>
      <PageBar title={t('title')}>
        {can('interviews', 'write') && (
          <Button aria-label={t('schedule')} onPress={() => void navigate('/interviews/new')}>
            <CalendarDays />
            <span className="max-sm:sr-only">{t('schedule')}</span>
          </Button>
        )}
      </PageBar>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="dashboard" aria-label={t('title')} tabIndex={0}>
        {view.data ? (
          <Day view={view.data} />
        ) : view.error ? (
          <ErrorState
            title={t('failed')}
            sentence={view.error.status === 0 ? t('offline') : view.error.message}
            traceId={view.error.traceId}
            onRetry={() => void view.refetch()}
          />
        ) : (
          <DashboardSkeleton />
        )}
      </section>
    </>
  );
}

function Day({ view }: { view: DashboardView }) {
  const t = useTranslations('dashboard');
  const { cards, pipeline, upcoming, interviewsToday, callsToReturn } = view;
  const facts = [
    ...(interviewsToday ? [t('interviewsToday', { count: interviewsToday })] : []),
    ...(callsToReturn ? [t('callsToReturn', { count: callsToReturn })] : []),
  ];
  const counts = [cards.candidates, cards.interviews, cards.calls].filter(count => count !== null);
  const fresh = counts.length > 0 && counts.every(count => count === 0);
  return (
    <div className="dashboard__page">
      <Greeting facts={facts} />
      {fresh ? <FirstSteps /> : (counts.length > 0 || cards.users !== null) && <Cards view={view} />}
      {!fresh && (pipeline || upcoming) ? (
        <div className="dashboard__columns">
          <div className="flex min-w-0 flex-col gap-4">
            {pipeline && <Pipeline stages={pipeline} />}
            {upcoming && <Upcoming interviews={upcoming} />}
          </div>
          <Activity />
        </div>
      ) : (
        <Activity />
      )}
    </div>
  );
}
