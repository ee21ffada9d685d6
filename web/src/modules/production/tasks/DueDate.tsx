import { useTranslations } from 'use-intl';
import type { TaskRow } from '@/api/types.gen';
import { CivilDate } from '@/ui/parts/Moment';

/** When a task is due; what is late says so. */
export function DueDate({ row }: { row: Pick<TaskRow, 'due' | 'overdue'> }) {
  const t = useTranslations('production.projects');
  if (!row.due) return null;
  return (
    <span className={row.overdue ? 'text-danger' : undefined}>
      <CivilDate on={row.due} />
      {row.overdue && <span className="sr-only"> {t('late')}</span>}
    </span>
  );
}
