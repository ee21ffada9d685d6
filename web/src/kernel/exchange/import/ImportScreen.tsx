import { lazy, Suspense } from 'react';
import { Navigate, useParams } from 'react-router';
import { useTranslations } from 'use-intl';
import { PageBar } from '@/ui/PageBar';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import { Stepper } from '@/ui/parts/Stepper';
import type { Noun } from '../../records/noun';
import { useWords } from '../../records/words';
import { RequirePage } from '../../session/RequirePage';
import { useAccess } from '../../session/useSession';
import type { ExchangeNoun, ImportRun } from '../contract';
import { importPath } from '../names';
import { useExchange, useExchangeNouns } from '../useExchange';
import { ColumnsStep } from './ColumnsStep';
import { DiscardButton } from './DiscardButton';
import { ImportMessages } from './ImportMessages';
import { useRun } from './runs';
import { StartStep } from './StartStep';
import { type ImportStep, openSteps, stepFor, steps } from './steps';

const CheckStep = lazy(async () => ({ default: (await import('./CheckStep')).CheckStep }));
const ReportStep = lazy(async () => ({ default: (await import('./ReportStep')).ReportStep }));

/** Brings records of a noun in from a file, a step at a time. The address says where one is. */
export default function ImportScreen({ noun }: { noun: Noun }) {
  return (
    <ImportMessages>
      <RequirePage page={noun.page}>
        <Screen noun={noun} />
      </RequirePage>
    </ImportMessages>
  );
}

function Screen({ noun }: { noun: Noun }) {
  const t = useTranslations('import');
  const words = useWords(noun);
  const can = useAccess();
  const { id } = useParams();
  const exchange = useExchange(noun);
  const { error, refetch } = useExchangeNouns();
  const title = t('title', { many: words.many.toLowerCase() });
  if (exchange?.canImport && can(noun.page, 'write')) {
    return id ? (
      <Run key={id} noun={noun} exchange={exchange} id={id} title={title} />
    ) : (
      <Start noun={noun} exchange={exchange} title={title} />
    );
  }
  return (
    <>
      <PageBar title={title} />
      {error ? (
        <ErrorState
          title={t('loadFailed')}
          sentence={error.message}
          traceId={error.traceId}
          onRetry={() => void refetch()}
        />
      ) : exchange === undefined ? (
        <SkeletonRows />
      ) : (
        <ErrorState title={t('notHere')} sentence={t('notHereSentence')} />
      )}
    </>
  );
}

function Start({ noun, exchange, title }: { noun: Noun; exchange: ExchangeNoun; title: string }) {
  return (
    <>
      <PageBar title={title} />
      <Steps noun={noun} run={undefined} current="file" open={[]} />
      <StartStep noun={noun} exchange={exchange} />
    </>
  );
}

function Run(props: { noun: Noun; exchange: ExchangeNoun; id: string; title: string }) {
  const { noun, exchange, id, title } = props;
  const t = useTranslations('import');
  const wanted = useParams().step;
  const { run, problem, job, retry } = useRun(id);
  if (!run) {
    return (
      <>
        <PageBar title={title} />
        {problem?.status === 404 ? (
          <ErrorState title={t('gone')} sentence={t('goneSentence')} />
        ) : problem ? (
          <ErrorState title={t('loadFailed')} sentence={problem.message} traceId={problem.traceId} onRetry={retry} />
        ) : (
          <SkeletonRows />
        )}
      </>
    );
  }
  const standing = { status: run.status, work: job?.kind };
  const step = stepFor(wanted, standing);
  if (step !== wanted) return <Navigate to={importPath(noun, id, step)} replace />;
  return (
    <>
      <PageBar title={title} count={run.fileName}>
        {step !== 'report' && <DiscardButton noun={noun} run={run} />}
      </PageBar>
      <Steps noun={noun} run={run} current={step} open={openSteps(standing)} />
      <Suspense fallback={<SkeletonRows />}>
        {step === 'columns' && <ColumnsStep noun={noun} exchange={exchange} run={run} />}
        {step === 'check' && <CheckStep noun={noun} exchange={exchange} run={run} job={job} />}
        {step === 'report' && <ReportStep noun={noun} exchange={exchange} run={run} job={job} />}
      </Suspense>
    </>
  );
}

function Steps(props: { noun: Noun; run: ImportRun | undefined; current: ImportStep; open: readonly ImportStep[] }) {
  const { noun, run, current, open } = props;
  const t = useTranslations('import');
  return (
    <Stepper
      label={t('steps.label')}
      current={current}
      steps={steps.map(step => ({
        id: step,
        name: t(`steps.${step}`),
        href: run && open.includes(step) ? importPath(noun, run.id, step) : undefined,
      }))}
    />
  );
}
