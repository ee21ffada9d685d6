import CheckCircle from '@heroicons/react/16/solid/CheckCircleIcon';
import MinusIcon from '@heroicons/react/16/solid/MinusIcon';
import XCircle from '@heroicons/react/16/solid/XCircleIcon';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { AccessCell, AccessExplanation } from '@/api/types.gen';
import type { Problem } from '@/kernel/http/problem';
import { classes } from '@/ui/classes';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { accessKeys, explain } from './calls';

/** The rules in the order the server asks them, and the one that decided. */
export function Why({ userId, page, cell }: { userId: string; page: string; cell: AccessCell }) {
  const t = useTranslations('people');
  const why = useQuery<AccessExplanation, Problem>({
    queryKey: accessKeys.why(userId, page, `${cell.access} ${cell.level} ${cell.expiresAt ?? ''}`),
    queryFn: ({ signal }) => explain(userId, page, signal),
    placeholderData: keepPreviousData,
  });
  const steps = why.data?.steps.filter(step => step.outcome !== 'skipped' || step.rule === 'role') ?? [];
  return (
    <section aria-live="polite">
      <h4 className="mb-2 font-medium text-muted text-xs">{t('why')}</h4>
      {why.error ? (
        <p className="text-danger text-sm">{why.error.message}</p>
      ) : !why.data ? (
        <SkeletonLines lines={3} />
      ) : (
        <ol className="flex flex-col gap-1.5 text-sm">
          {steps.map(step => {
            const decided = step.outcome === 'decided';
            const Icon = !decided ? MinusIcon : why.data.allowed ? CheckCircle : XCircle;
            return (
              <li key={step.rule} className={classes('flex gap-2', decided ? 'font-medium' : 'text-muted')}>
                <Icon
                  className={classes(
                    'mt-0.5 size-4 flex-none',
                    decided && (why.data.allowed ? 'text-success' : 'text-danger'),
                  )}
                  aria-hidden="true"
                />
                <span>
                  {step.text}
                  {decided && <span className="sr-only"> {t('decided')}</span>}
                  {step.outcome === 'skipped' && ` ${t('notAsked')}`}
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
