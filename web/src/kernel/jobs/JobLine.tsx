import XMark from '@heroicons/react/16/solid/XMarkIcon';
import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { warn } from '@/ui/overlays/notify';
import { Moment } from '@/ui/parts/Moment';
import { Progress } from '@/ui/parts/Progress';
import { StateDot, type Tone } from '@/ui/parts/StateDot';
import { isProblem } from '../http/problem';
import { isActive, type Job, type JobStatus, partDone } from './job';
import { useJobOutcome } from './outcome';
import { putAway } from './putAway';
import { cancelJob } from './useJobs';

const tones: Record<JobStatus, Tone> = {
  queued: 'grey',
  running: 'blue',
  succeeded: 'green',
  failed: 'red',
  cancelled: 'grey',
};

/** One job: how far it is and a way to stop it, or how it ended and what it left. */
export function JobLine({ job, onLeave }: { job: Job; onLeave?: () => void }) {
  const t = useTranslations('jobs');
  const outcome = useJobOutcome()(job);
  const fallback = job.result?.fallbackReason;
  return (
    <li className="flex flex-col gap-1.5 border-separator border-b px-3 py-2.5 text-sm last:border-0">
      <div className="flex items-start gap-2">
        <span className="min-w-0 flex-1 font-medium">{job.title}</span>
        {!isActive(job) && (
          <Button
            isIconOnly
            size="sm"
            variant="ghost"
            aria-label={t('putAway', { title: job.title })}
            className="button--dense -my-1 -me-2 text-muted"
            onPress={() => putAway(job.id)}
          >
            <XMark />
          </Button>
        )}
      </div>
      {isActive(job) ? (
        <JobProgress job={job} />
      ) : (
        <>
          <div className="flex items-center gap-2 text-muted text-xs">
            <StateDot tone={tones[job.status]}>{t(`status.${job.status}`)}</StateDot>
            {job.finishedAt && <Moment at={job.finishedAt} />}
          </div>
          {job.error && <p className="text-danger text-xs">{job.error.detail}</p>}
          {job.result?.fallback === true && (
            <p className="text-xs">{t('fallback', { reason: typeof fallback === 'string' ? fallback : '' })}</p>
          )}
          {outcome && (
            <div>
              <Button
                size="sm"
                variant="outline"
                className="button--dense"
                onPress={() => {
                  onLeave?.();
                  outcome.run();
                }}
              >
                {outcome.label}
              </Button>
            </div>
          )}
        </>
      )}
    </li>
  );
}

/** The bar of a running job, what it is doing, and a way to stop it. */
export function JobProgress({ job }: { job: Job }) {
  const t = useTranslations('jobs');
  const { number } = useFormatter();
  const [stopping, setStopping] = useState(false);
  const note =
    job.total === null
      ? job.done > 0
        ? number(job.done)
        : ''
      : t('of', { done: number(job.done), total: number(job.total) });

  async function stop() {
    setStopping(true);
    try {
      await cancelJob(job.id);
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(t('cancelFailed'), error.message);
    } finally {
      setStopping(false);
    }
  }

  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <Progress label={job.title} part={job.status === 'queued' ? 0 : partDone(job)} note={note} />
        <p className="mt-1 flex justify-between gap-3 text-muted text-xs tabular-nums">
          <span className="min-w-0 truncate">
            {job.status === 'queued' ? t('status.queued') : (job.step ?? t('status.running'))}
          </span>
          <span className="flex-none">{note}</span>
        </p>
      </div>
      <Button
        size="sm"
        variant="outline"
        className="button--dense"
        aria-label={t('cancelOne', { title: job.title })}
        isPending={stopping}
        onPress={() => void stop()}
      >
        {t('cancel')}
      </Button>
    </div>
  );
}
