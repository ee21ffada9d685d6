import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { notify, warn } from '@/ui/overlays/notify';
import { endedSince } from './job';
import { useJobOutcome } from './outcome';
import { useTrayJobs } from './useJobs';

/** Says once that a job has ended, unless whoever started it has put it away already. Draws nothing. */
export function JobsWatch() {
  const t = useTranslations('jobs');
  const jobs = useTrayJobs();
  const outcome = useJobOutcome();
  const before = useRef(jobs);
  useEffect(() => {
    const ended = endedSince(before.current, jobs);
    before.current = jobs;
    for (const job of ended) {
      if (job.status === 'failed') warn(t('failed', { title: job.title }), job.error?.detail);
      else if (job.status === 'succeeded') notify(t('ready', { title: job.title }), outcome(job));
    }
  }, [jobs, outcome, t]);
  return null;
}
