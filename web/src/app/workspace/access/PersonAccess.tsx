import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { AccessPages, AccessRow, UserRow } from '@/api/types.gen';
import type { Problem } from '@/kernel/http/problem';
import { ErrorState } from '@/ui/parts/ErrorState';
import { Moment } from '@/ui/parts/Moment';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { StateDot } from '@/ui/parts/StateDot';
import { accessKeys, readPages, readRow } from './calls';

/** What one person may open, page by page, as a tab of their panel. */
export default function PersonAccess({ row: user }: { row: UserRow }) {
  const t = useTranslations('people');
  const pages = useQuery<AccessPages, Problem>({
    queryKey: accessKeys.pages,
    queryFn: ({ signal }) => readPages(signal),
    staleTime: 300_000,
  });
  const line = useQuery<AccessRow | null, Problem>({
    queryKey: accessKeys.one(user.id),
    queryFn: ({ signal }) => readRow(user, signal),
  });
  const problem = pages.error ?? line.error;
  if (problem)
    return (
      <ErrorState
        title={t('accessFailed')}
        sentence={problem.message}
        traceId={problem.traceId}
        onRetry={() => void line.refetch()}
      />
    );
  if (!pages.data || line.data === undefined) return <SkeletonLines lines={6} />;
  return (
    <table className="w-full text-sm">
      <thead className="text-muted text-xs">
        <tr className="h-8 border-border border-b">
          <th className="text-start font-medium">{t('page')}</th>
          <th className="text-start font-medium">{t('may')}</th>
          <th className="text-start font-medium">{t('because')}</th>
        </tr>
      </thead>
      <tbody>
        {pages.data.pages.map(page => {
          const cell = line.data?.cells[page.key];
          if (!cell) return null;
          return (
            <tr key={page.key} className="h-9 border-row-line border-b">
              <th scope="row" className="text-start font-normal">
                {page.name}
              </th>
              <td>
                <StateDot tone={cell.level === 'write' ? 'green' : cell.level === 'read' ? 'blue' : 'grey'}>
                  {t(`levels.${cell.level}`)}
                </StateDot>
              </td>
              <td className="text-muted">
                {t(`access.${cell.access}`)}
                {cell.reason && `: ${cell.reason}`}
                {cell.expiresAt && (
                  <>
                    , {t('runsUntil')} <Moment at={cell.expiresAt} within />
                  </>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
