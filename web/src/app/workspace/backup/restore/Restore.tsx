import { Navigate, useParams, useSearchParams } from 'react-router';
import { useTranslations } from 'use-intl';
import { PageBar } from '@/ui/PageBar';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import { Stepper } from '@/ui/parts/Stepper';
import { useBackup } from '../api';
import { useBackupName, useMayBackUp } from '../words';
import { Choose } from './Choose';
import { Preview } from './Preview';
import { Result } from './Result';
import { readState, wishOf } from './wish';

/** The way back: choose what, see what would change, and do it. The address says where one is. */
export default function Restore() {
  const t = useTranslations('backup');
  const nameOf = useBackupName();
  const { id = '', step = 'choose' } = useParams();
  const [params] = useSearchParams();
  const backup = useBackup(id);
  const mayWrite = useMayBackUp();
  const state = readState(params);
  const job = params.get('job');
  const base = `/backup/${id}/restore`;
  if (!mayWrite) return <Navigate to={`/backup/${id}`} replace />;
  if (step === 'preview' && wishOf(state) === null) return <Navigate to={base} replace />;
  if (step === 'result' && !job) return <Navigate to={base} replace />;
  const query = params.size > 0 ? `?${params}` : '';
  return (
    <>
      <PageBar title={t('restoreTitle')} count={backup.data && t('ofBackup', { name: nameOf(backup.data) })} />
      <Stepper
        label={t('restoreSteps.label')}
        current={step === 'preview' || step === 'result' ? step : 'choose'}
        steps={[
          { id: 'choose', name: t('restoreSteps.choose'), href: step === 'preview' ? `${base}${query}` : undefined },
          { id: 'preview', name: t('restoreSteps.preview') },
          { id: 'result', name: t('restoreSteps.result') },
        ]}
      />
      {backup.data ? (
        step === 'result' && job ? (
          <Result backup={backup.data} jobId={job} state={state} />
        ) : step === 'preview' ? (
          <Preview backup={backup.data} state={state} />
        ) : (
          <Choose backup={backup.data} state={state} />
        )
      ) : backup.error ? (
        <ErrorState
          title={t(backup.error.status === 404 ? 'gone' : 'loadFailed')}
          sentence={backup.error.status === 404 ? t('goneSentence') : backup.error.message}
          traceId={backup.error.traceId}
          onRetry={() => void backup.refetch()}
        />
      ) : (
        <SkeletonRows />
      )}
    </>
  );
}
