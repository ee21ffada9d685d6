import ExclamationTriangle from '@heroicons/react/16/solid/ExclamationTriangleIcon';
import { useTranslations } from 'use-intl';
import type { ProjectRow } from '@/api/types.gen';
import { shiftDay } from '@/ui/days';
import { CivilDate } from '@/ui/parts/Moment';
import { useWorkDay } from '@/ui/workDay';
import { firstDay, lastDay, type Stage, stateOf } from './stages';

/** The date of a stage in a list: what is late says so, and what deserves a second look has a mark. */
export function StageDate({ row, stage }: { row: ProjectRow; stage: Stage }) {
  const t = useTranslations('production.projects');
  const today = useWorkDay();
  const date = row[firstDay(stage)];
  if (!date) return null;
  const state = stateOf(row, stage, today, shiftDay(today, 7));
  const hint = row.warnings.find(({ field }) => field === firstDay(stage) || field === lastDay(stage));
  return (
    <span className="flex items-center gap-1.5">
      <span className={state === 'overdue' ? 'text-danger' : state === 'done' ? 'text-muted' : ''}>
        <CivilDate on={date} />
      </span>
      {state === 'overdue' && <span className="sr-only">{t('states.overdue')}</span>}
      {hint && (
        <ExclamationTriangle
          className="size-3.5 flex-none text-tone-amber"
          role="img"
          aria-label={hint.message}
          title={hint.message}
        />
      )}
    </span>
  );
}
