import ChevronDown from '@heroicons/react/16/solid/ChevronDownIcon';
import { Button } from '@heroui/react/button';
import { Link } from 'react-router';
import { useTranslations } from 'use-intl';
import type { TaskRow } from '@/api/types.gen';
import type { RecordRow } from '@/kernel/records/fields';
import type { RecordPartProps } from '@/kernel/records/noun';
import { useVerbs } from '@/kernel/records/useVerbs';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import { CivilDate } from '@/ui/parts/Moment';
import { ColorDot, StateDot } from '@/ui/parts/StateDot';
import { useTaskStatuses } from './collection';

/** Under a task's title: its project, its state, and when it is due. */
export default function TaskHeading({ noun, row, canWrite }: RecordPartProps<TaskRow>) {
  const t = useTranslations('production');
  const statuses = useTaskStatuses();
  const verbs = useVerbs(noun);
  return (
    <div className="mt-0.5 flex flex-col gap-3 text-sm">
      <p className="text-muted">
        <Link to={`/projects/${row.projectId}?tab=tasks`} className="text-link hover:underline">
          {row.projectTitle}
        </Link>
        {row.taskTypeName && ` · ${row.taskTypeName}`}
      </p>
      <div className="flex flex-wrap items-center gap-3">
        {canWrite && statuses.length > 0 ? (
          <ActionMenu
            label={t('tasks.status')}
            actions={statuses
              .filter(status => status.id !== row.statusId)
              .map(status => ({
                id: status.id,
                label: status.name,
                icon: <ColorDot color={status.color}>{''}</ColorDot>,
                run: () => void verbs.change(row as unknown as RecordRow, { statusId: status.id }),
              }))}
          >
            <Button size="sm" variant="outline" aria-label={`${t('tasks.status')}: ${row.statusName}`}>
              <ColorDot color={row.statusColor}>{row.statusName}</ColorDot>
              <ChevronDown className="size-3! text-muted" />
            </Button>
          </ActionMenu>
        ) : (
          <ColorDot color={row.statusColor}>{row.statusName}</ColorDot>
        )}
        {row.due && (
          <span className="text-muted">
            {t('tasks.due')} <CivilDate on={row.due} within />
          </span>
        )}
        {row.overdue && <StateDot tone="red">{t('projects.late')}</StateDot>}
      </div>
    </div>
  );
}
