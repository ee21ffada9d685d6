import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormatter, useTranslations } from 'use-intl';
import type { DashboardView } from '@/api/types.gen';

/** How much there is of everything the person may see; each number leads to its list. */
export function Cards({ view: { cards, interviewsToday, callsToReturn } }: { view: DashboardView }) {
  const t = useTranslations('dashboard');
  return (
    <div className="dashboard__cards">
      <Card name={t('users')} count={cards.users} to="/users" />
      <Card name={t('candidates')} count={cards.candidates} to="/candidates" />
      <Card
        name={t('interviews')}
        count={cards.interviews}
        to="/interviews"
        note={interviewsToday ? t('today', { count: interviewsToday }) : undefined}
      />
      <Card
        name={t('calls')}
        count={cards.calls}
        to="/calls"
        note={callsToReturn ? t('toReturn', { count: callsToReturn }) : undefined}
        noteTo="/calls?followUpAt.null=false&followedUpAt.null=true"
      />
    </div>
  );
}

function Card(props: { name: string; count: number | null; to: string; note?: ReactNode; noteTo?: string }) {
  const { number } = useFormatter();
  if (props.count === null) return null;
  return (
    <div className="dashboard__card">
      <Link to={props.to} className="dashboard__card-link">
        <span className="text-muted text-sm">{props.name}</span>
        <span className="font-semibold text-[24px]/8 tabular-nums tracking-[-0.015em]">{number(props.count)}</span>
      </Link>
      {props.note &&
        (props.noteTo ? (
          <Link to={props.noteTo} className="dashboard__card-note text-link hover:underline">
            {props.note}
          </Link>
        ) : (
          <span className="dashboard__card-note text-muted">{props.note}</span>
        ))}
    </div>
  );
}
