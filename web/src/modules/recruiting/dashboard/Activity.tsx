import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useTranslations } from 'use-intl';
import type { AuditRow } from '@/api/types.gen';
import type { Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { useNames } from '@/kernel/records/lookups';
import { useAccess } from '@/kernel/session/useSession';
import { Avatar } from '@/ui/parts/Avatar';
import { EmptyState } from '@/ui/parts/EmptyState';
import { ErrorState } from '@/ui/parts/ErrorState';
import { Moment } from '@/ui/parts/Moment';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { didOf, isComplete, stageOf, targetOf } from './activityWords';

/** What people did last, as far as the reader may see it; new lines arrive by themselves. */
export function Activity() {
  const t = useTranslations('dashboard');
  const feed = useQuery<{ items: AuditRow[] }, Problem>({
    queryKey: ['activity', 'recent'],
    queryFn: ({ signal }) => request('GET', '/api/v1/audit', { query: { limit: 15 }, signal }),
  });
  // Looking at this feed is recorded too, and so are records behind the records: neither says anything here.
  const lines = feed.data?.items.filter(line => line.action !== 'view_audit' && isComplete(line)) ?? [];
  // The feed calls a change of rights by its page.
  const people = useNames('/api/v1/users/lookup', [
    ...new Set(lines.flatMap(line => (line.target === 'permission' && line.targetUserId ? [line.targetUserId] : []))),
  ]);
  return (
    <section className="tile" aria-labelledby="activity-title">
      <header className="tile__head">
        <h3 id="activity-title" className="tile__title">
          {t('activity')}
        </h3>
        <Link to="/activity" className="text-muted text-sm hover:underline">
          {t('allActivity')}
        </Link>
      </header>
      {feed.data ? (
        lines.length === 0 ? (
          <EmptyState title={t('activity')} sentence={t('activityEmpty')} />
        ) : (
          <ol className="flex flex-col gap-3 px-4 pt-1 pb-4">
            {lines.map(line => (
              <Line key={line.id} line={line} person={people.get(line.targetUserId ?? '')} />
            ))}
          </ol>
        )
      ) : feed.error ? (
        <ErrorState
          title={t('activityFailed')}
          sentence={feed.error.message}
          traceId={feed.error.traceId}
          onRetry={() => void feed.refetch()}
        />
      ) : (
        <div className="px-4 pb-4">
          <SkeletonLines lines={8} />
        </div>
      )}
    </section>
  );
}

function Line({ line, person }: { line: AuditRow; person: string | undefined }) {
  const t = useTranslations('dashboard');
  const c = useTranslations('candidates');
  const can = useAccess();
  const target = targetOf(line);
  const stage = stageOf(line);
  return (
    <li className="flex gap-2.5 text-sm">
      <span className="flex-none">
        <Avatar name={line.actor.name} />
      </span>
      <span className="min-w-0 flex-1 break-words">
        <span className="font-medium">{line.actor.name}</span>{' '}
        {t(`did.${stage ? 'move_candidate' : didOf(line.action)}`)}{' '}
        {target && (
          <>
            {t(`subjects.${target.subject}`)}{' '}
            {target.to && can(target.page) ? (
              <Link to={target.to} className="hover:underline">
                {target.name}
              </Link>
            ) : (
              target.name
            )}
          </>
        )}
        {!target && line.target === 'permission' && person}
        {stage && ` ${t('to')} ${c(`stages.${stage}`)}`}
        <span className="block text-muted text-xs">
          <Moment at={line.at} />
        </span>
      </span>
    </li>
  );
}
