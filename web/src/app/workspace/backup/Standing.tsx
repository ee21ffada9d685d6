import { useEffect } from 'react';
import { Link } from 'react-router';
import { useLocale, useTranslations } from 'use-intl';
import { useAttending } from '@/kernel/jobs/attended';
import { JobProgress } from '@/kernel/jobs/JobLine';
import { isActive } from '@/kernel/jobs/job';
import { useJob } from '@/kernel/jobs/useJobs';
import { Moment } from '@/ui/parts/Moment';
import { StateDot } from '@/ui/parts/StateDot';
import { writeSize } from '@/ui/size';
import { refresh } from './api';
import type { BackupStanding } from './contract';
import { statusTones, useErrorWord } from './words';

/** The next run, the last result, what is kept, and what runs right now. */
export function Standing({ standing }: { standing: BackupStanding }) {
  const t = useTranslations('backup');
  const locale = useLocale();
  const job = useJob(standing.running?.id).data;
  const running = job ?? standing.running;
  useAttending(job);
  const ended = job !== undefined && !isActive(job);
  useEffect(() => {
    if (ended) void refresh();
  }, [ended]);
  const { last, lastGood } = standing;
  const errorWord = useErrorWord();
  const nextAt = standing.nextTryAt ?? standing.nextRunAt;
  return (
    <>
      {running && isActive(running) && (
        <section className="tile p-4" aria-label={running.title}>
          <h2 className="mb-2 font-semibold text-[15px]/5">{running.title}</h2>
          <JobProgress job={running} />
        </section>
      )}
      {last?.status === 'failed' && (
        <div role="alert" className="notice notice--danger">
          <p className="font-medium">
            {t('lastFailed')} <Moment at={last.finishedAt ?? last.createdAt} within />
          </p>
          <p>
            {last.error && errorWord(last.error)}{' '}
            {standing.nextTryAt ? (
              <>
                {t('nextTry')} <Moment at={standing.nextTryAt} within />.
              </>
            ) : (
              last.kind === 'scheduled' && t('noMoreTries')
            )}{' '}
            {lastGood ? t('lastGood') : t('noGood')}{' '}
            {lastGood && (
              <>
                <Moment at={lastGood.finishedAt ?? lastGood.createdAt} within />.
              </>
            )}
          </p>
        </div>
      )}
      <dl className="standing">
        <div>
          <dt>{t('next')}</dt>
          <dd>{standing.enabled && nextAt ? <Moment at={nextAt} /> : t('off')}</dd>
          <dd className="standing__note">
            {standing.enabled ? (
              t('daily', { time: standing.scheduledAt, zone: standing.timeZone.replaceAll('_', ' ') })
            ) : (
              <Link to="/backup/settings" className="front-link">
                {t('turnOn')}
              </Link>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('last')}</dt>
          <dd>{last ? <Moment at={last.finishedAt ?? last.createdAt} /> : t('never')}</dd>
          <dd className="standing__note">
            {last && <StateDot tone={statusTones[last.status]}>{t(`status.${last.status}`)}</StateDot>}
            {last?.status === 'succeeded' && <span>{writeSize(last.size ?? 0, locale)}</span>}
          </dd>
        </div>
        <div>
          <dt>{t('keptSize')}</dt>
          <dd>{writeSize(standing.totalSize, locale)}</dd>
          <dd className="standing__note">{t('keptFor', { days: standing.retentionDays })}</dd>
        </div>
      </dl>
    </>
  );
}
