import ShieldCheck from '@heroicons/react/20/solid/ShieldCheckIcon';
import ShieldExclamation from '@heroicons/react/20/solid/ShieldExclamationIcon';
import { Button } from '@heroui/react/button';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { Problem } from '@/kernel/http/problem';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { ErrorState } from '@/ui/parts/ErrorState';
import { Moment } from '@/ui/parts/Moment';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { type ChainReport, verifyAudit } from './audit';

/** Computes the chain of seals again and says whether the trail is as it was written. */
export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('activity');
  const report = useQuery<ChainReport, Problem>({
    queryKey: ['audit-chain'],
    queryFn: ({ signal }) => verifyAudit(signal),
    // Each time it is asked for, it is computed.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <FormDialog title={t('verifyTitle')} onClose={onClose}>
      <div aria-live="polite">
        {report.data ? (
          <Report report={report.data} />
        ) : report.error ? (
          <ErrorState
            title={t('verifyFailed')}
            sentence={report.error.message}
            traceId={report.error.traceId}
            {...(report.error.status === 403 ? {} : { onRetry: () => void report.refetch() })}
          />
        ) : (
          <>
            <p className="mb-3 text-muted text-sm">{t('verifying')}</p>
            <SkeletonLines lines={4} />
          </>
        )}
      </div>
      <div className="mt-5 flex justify-end">
        <Button variant="outline" onPress={onClose}>
          {t('close')}
        </Button>
      </div>
    </FormDialog>
  );
}

function Report({ report }: { report: ChainReport }) {
  const t = useTranslations('activity');
  const { head, brokenAt } = report;
  const problem = brokenAt && (`problems.${brokenAt.problem}` as 'problems.rows_changed');
  return (
    <>
      <div className="flex gap-3">
        {report.intact ? (
          <ShieldCheck className="size-6 flex-none text-success" aria-hidden="true" />
        ) : (
          <ShieldExclamation className="size-6 flex-none text-danger" aria-hidden="true" />
        )}
        <div>
          <p className="font-medium text-sm">{t(report.intact ? 'intact' : 'broken')}</p>
          <p className="text-muted text-sm">
            {report.intact ? t('intactSentence') : problem && t.has(problem) ? t(problem) : brokenAt?.problem}
          </p>
          {brokenAt?.from && (
            <p className="mt-1 text-sm">
              <Moment at={brokenAt.from} /> – <Moment at={brokenAt.to ?? brokenAt.from} />
            </p>
          )}
        </div>
      </div>
      <dl className="mt-4 grid grid-cols-[1fr_auto] gap-y-1.5 rounded-lg border border-border p-3 text-sm">
        <dt className="text-muted">{t('checked')}</dt>
        <dd className="text-end tabular-nums">{t('number', { count: report.checked })}</dd>
        <dt className="text-muted">{t('sealedCount')}</dt>
        <dd className="text-end tabular-nums">{t('number', { count: report.sealed })}</dd>
        <dt className="text-muted">{t('pendingCount')}</dt>
        <dd className="text-end tabular-nums">{t('number', { count: report.pending })}</dd>
        {head && (
          <>
            <dt className="text-muted">{t('lastSeal')}</dt>
            <dd className="text-end">
              <Moment at={head.sealedAt} />
            </dd>
            <dt className="text-muted">{t('keptOutside')}</dt>
            <dd className="text-end">{t(head.keptOutside ? 'yes' : 'no')}</dd>
          </>
        )}
      </dl>
      {head && (
        <p className="mt-2 break-all text-muted text-xs">
          {t('seal')} {head.number}: <code className="select-all font-mono text-2xs">{head.hash}</code>
        </p>
      )}
    </>
  );
}
