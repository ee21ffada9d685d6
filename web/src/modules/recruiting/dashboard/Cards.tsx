import { useTranslations } from 'use-intl';
import type { DashboardView } from '@/api/types.gen';
import { CountCard } from '@/kernel/dashboard/CountCard';

/** How much there is of everything the person may see; each number leads to its list. */
export function Cards({ view: { cards, interviewsToday, callsToReturn } }: { view: DashboardView }) {
  const t = useTranslations('dashboard');
  return (
    <div className="dashboard__cards">
      <CountCard name={t('users')} count={cards.users} to="/users" />
      <CountCard name={t('candidates')} count={cards.candidates} to="/candidates" />
      <CountCard
        name={t('interviews')}
        count={cards.interviews}
        to="/interviews"
        note={interviewsToday ? t('today', { count: interviewsToday }) : undefined}
      />
      <CountCard
        name={t('calls')}
        count={cards.calls}
        to="/calls"
        note={callsToReturn ? t('toReturn', { count: callsToReturn }) : undefined}
        noteTo="/calls?followUpAt.null=false&followedUpAt.null=true"
      />
    </div>
  );
}
