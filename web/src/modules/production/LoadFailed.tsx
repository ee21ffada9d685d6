import { useTranslations } from 'use-intl';
import type { Problem } from '@/kernel/http/problem';
import { ErrorState } from '@/ui/parts/ErrorState';

/** What stands where something could not be loaded. */
export function LoadFailed({ problem, retry }: { problem: Problem; retry: () => unknown }) {
  const t = useTranslations('production.common');
  return (
    <ErrorState title={t('failed')} sentence={problem.message} traceId={problem.traceId} onRetry={() => void retry()} />
  );
}
