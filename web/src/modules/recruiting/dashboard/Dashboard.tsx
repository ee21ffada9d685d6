import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { DashboardView } from '@/api/types.gen';
import { DashboardSkeleton } from '@/kernel/dashboard/DashboardSkeleton';
import { PartHead } from '@/kernel/dashboard/Greeting';
import type { Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { follows } from '@/kernel/records/follow';
import { recordKeys } from '@/kernel/records/keys';
import { ErrorState } from '@/ui/parts/ErrorState';
import { Activity } from './Activity';
import { Cards } from './Cards';
import { FirstSteps } from './FirstSteps';
import { Pipeline } from './Pipeline';
import { Upcoming } from './Upcoming';

/** What the day of a recruiting team looks like, for the screens the person has. */
export default function Dashboard({ name }: { name: string | null }) {
  const t = useTranslations('dashboard');
  const view = useQuery<DashboardView, Problem>({
    queryKey: [...recordKeys.noun('dashboard'), 'view'],
    queryFn: ({ signal }) => request('GET', '/api/v1/recruiting/dashboard', { signal }),
    // What is counted here is changed elsewhere: whoever comes back sees today's numbers.
    staleTime: 0,
    meta: follows('candidates', 'interviews', 'calls'),
  });
  if (view.data) return <Day view={view.data} name={name} />;
  if (!view.error) return <DashboardSkeleton />;
  return (
    <ErrorState
      title={t('failed')}
      sentence={view.error.message}
      traceId={view.error.traceId}
      onRetry={() => void view.refetch()}
    />
  );
}

function Day({ view, name }: { view: DashboardView; name: string | null }) {
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
      <PartHead name={name} facts={facts} />
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
