import { use, useEffect } from 'react';
import { Link } from 'react-router';
import { useFormatter, useTranslations } from 'use-intl';
import { nounOfExchange } from '@/kernel/exchange/names';
import { useAttending } from '@/kernel/jobs/attended';
import { JobProgress } from '@/kernel/jobs/JobLine';
import { isActive } from '@/kernel/jobs/job';
import { useJob } from '@/kernel/jobs/useJobs';
import { LoadedModules } from '@/kernel/loadedModules';
import { queryClient } from '@/kernel/query';
import { session } from '@/kernel/session/session';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import { refresh } from '../api';
import type { Backup } from '../contract';
import type { RestoreState } from './wish';

/** The restoring while it goes on, and what came of it. */
export function Result({ backup, jobId, state }: { backup: Backup; jobId: string; state: RestoreState }) {
  const t = useTranslations('backup');
  const { number } = useFormatter();
  const modules = use(LoadedModules);
  const { data: job, error, refetch } = useJob(jobId);
  useAttending(job);
  const ended = job !== undefined && !isActive(job);
  const wholeWorkspace = state.scope === 'workspace';
  useEffect(() => {
    if (!ended) return;
    void refresh();
    void queryClient.invalidateQueries({ queryKey: ['records'] });
    if (!wholeWorkspace) return;
    // Its name and zone stand all over the screen.
    void queryClient.invalidateQueries({ queryKey: ['settings'] });
    void session.reload().catch(() => undefined);
  }, [ended, wholeWorkspace]);
  if (!job) {
    return error ? (
      <ErrorState title={t('loadFailed')} sentence={error.message} onRetry={() => void refetch()} />
    ) : (
      <SkeletonRows rows={4} />
    );
  }
  const noun = nounOfExchange(modules, state.noun);
  const [only] = state.ids.length === 1 ? state.ids : [];
  const before = job.result?.preRestoreBackupId;
  const figures = (['added', 'changed', 'removed'] as const).filter(kind => typeof job.result?.[kind] === 'number');
  return (
    <section className="wizard" aria-label={t('restoreSteps.result')} aria-live="polite">
      {isActive(job) ? (
        <div className="wizard__wait">
          <h2 className="mb-3 font-semibold text-[15px]/5">{job.title}</h2>
          <JobProgress job={job} />
          <p className="mt-3 text-muted text-sm">{t('mayLeave')}</p>
        </div>
      ) : (
        <div className="wizard__page">
          <h2 className="font-semibold text-xl/7 tracking-[-0.015em]">
            {t(job.status === 'succeeded' ? 'restored' : 'notRestored')}
          </h2>
          {job.status !== 'succeeded' && (
            <div role="alert" className="notice notice--danger">
              <p className="font-medium">{t('nothingChanged')}</p>
              {job.error && <p>{job.error.detail}</p>}
            </div>
          )}
          {figures.length > 0 && (
            <dl className="figures">
              {figures.map(kind => (
                <div key={kind} className="figures__figure">
                  <dt>{t(`did.${kind}`)}</dt>
                  <dd>{number(Number(job.result?.[kind]))}</dd>
                </div>
              ))}
            </dl>
          )}
          <div className="flex flex-wrap gap-2">
            {noun && job.status === 'succeeded' && (
              <Link to={only ? `${noun.nav.path}/${only}` : noun.nav.path} className="button button--primary">
                {only ? t('openRecord') : t('openList', { many: noun.words.en.many.toLowerCase() })}
              </Link>
            )}
            {typeof before === 'string' && (
              <Link to={`/backup/${before}/restore`} className="button button--outline">
                {t('undoRestore')}
              </Link>
            )}
            <Link to={`/backup/${backup.id}/restore`} className="button button--outline">
              {t('restoreMore')}
            </Link>
            <Link to="/backup" className="button button--outline">
              {t('toBackups')}
            </Link>
          </div>
        </div>
      )}
    </section>
  );
}
