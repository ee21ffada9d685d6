import { Button } from '@heroui/react/button';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useTranslations } from 'use-intl';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import { isProblem } from '../../http/problem';
import { JobProgress } from '../../jobs/JobLine';
import type { Job } from '../../jobs/job';
import type { Noun } from '../../records/noun';
import type { Counts, ExchangeNoun, ImportRun, RowAction } from '../contract';
import { ApplyBar } from './ApplyBar';
import { PlanRows } from './PlanRows';
import { PlanTabs } from './PlanTabs';
import { actions, firstTab } from './plan';
import { check, useRows } from './runs';

/** The dry run: what would happen to each row, and a way to mend those that can't be imported as they are. */
export function CheckStep(props: { noun: Noun; exchange: ExchangeNoun; run: ImportRun; job: Job | undefined }) {
  const { noun, run, job } = props;
  const t = useTranslations('import');
  const checking = useChecked(run);
  if (job) {
    return (
      <div className="wizard">
        <div className="wizard__wait">
          <h2 className="mb-3 font-semibold text-[15px]/5">{t('checking', { count: run.rows })}</h2>
          <JobProgress job={job} />
          <p className="mt-3 text-muted text-sm">{t('mayLeave')}</p>
        </div>
      </div>
    );
  }
  if (checking.failure) {
    return <ErrorState title={t('checkFailed')} sentence={checking.failure} onRetry={checking.again} />;
  }
  if (run.status === 'mapped' && run.error && !checking.running) {
    return <ErrorState title={t('checkFailed')} sentence={run.error.detail} onRetry={checking.again} />;
  }
  if (run.status !== 'validated') return <SkeletonRows />;
  return <Plan noun={noun} run={run} counts={run.counts} />;
}

/** Arriving here with rows that were not checked since the mapping changed checks them. */
function useChecked(run: ImportRun) {
  const [failure, setFailure] = useState<string>();
  const [running, setRunning] = useState(false);
  const asked = useRef(false);
  const start = useCallback(() => {
    setFailure(undefined);
    setRunning(true);
    check(run.id)
      .catch(error => {
        if (!isProblem(error)) throw error;
        setFailure(error.message);
      })
      .finally(() => setRunning(false));
  }, [run.id]);
  const needed = run.status === 'mapped' && run.error === null;
  useEffect(() => {
    if (!needed || asked.current) return;
    asked.current = true;
    start();
  }, [needed, start]);
  return { failure, running, again: start };
}

function Plan({ noun, run, counts }: { noun: Noun; run: ImportRun; counts: Counts }) {
  const t = useTranslations('import');
  const [params, setParams] = useSearchParams();
  const asked = params.get('rows') as RowAction | null;
  const tab = asked && actions.includes(asked) ? asked : firstTab(counts);
  const rows = useRows(run.id, tab);
  const items = rows.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <>
      {run.error && (
        <div role="alert" className="notice notice--danger m-3">
          <p className="font-medium">{t('nothingWritten')}</p>
          <p>{run.error.detail}</p>
        </div>
      )}
      <PlanTabs counts={counts} chosen={tab} onChoose={next => setParams({ rows: next }, { replace: true })} />
      {rows.data ? (
        items.length === 0 ? (
          <p className="flex-1 p-6 text-muted text-sm">{t(`none.${tab}`)}</p>
        ) : (
          <PlanRows
            key={tab}
            noun={noun}
            run={run}
            rows={items}
            stale={rows.isPlaceholderData}
            more={
              rows.hasNextPage ? (
                <Button variant="outline" isPending={rows.isFetchingNextPage} onPress={() => void rows.fetchNextPage()}>
                  {t('moreRows', { shown: items.length, total: rows.data.pages[0]?.total ?? items.length })}
                </Button>
              ) : null
            }
          />
        )
      ) : rows.error ? (
        <ErrorState
          title={t('loadFailed')}
          sentence={rows.error.message}
          traceId={rows.error.traceId}
          onRetry={() => void rows.refetch()}
        />
      ) : (
        <div className="min-h-0 flex-1 overflow-hidden">
          <SkeletonRows />
        </div>
      )}
      <ApplyBar
        noun={noun}
        run={run}
        counts={counts}
        onErrors={() => setParams({ rows: 'error' }, { replace: true })}
      />
    </>
  );
}
