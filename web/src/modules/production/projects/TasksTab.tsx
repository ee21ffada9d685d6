import { useTranslations } from 'use-intl';
import type { ProjectRow, TaskRow } from '@/api/types.gen';
import { askRecord } from '@/kernel/records/askRecord';
import type { RecordPartProps } from '@/kernel/records/noun';
import { RelatedList } from '@/kernel/records/RelatedList';
import { useRecordPage } from '@/kernel/records/useRecords';
import { useAccess } from '@/kernel/session/useSession';
import { ColorDot } from '@/ui/parts/StateDot';
import { Assignees } from '../tasks/Assignees';
import { DueDate } from '../tasks/DueDate';
import tasks from '../tasks.noun';

/** The work on a project, in the order it is due. */
export default function TasksTab({ row }: RecordPartProps<ProjectRow>) {
  const t = useTranslations('production.tasks');
  const can = useAccess();
  const answer = useRecordPage<TaskRow>(tasks, { projectId: row.id, sort: 'due' });
  const may = can('schedule', 'write') && !row.deletedAt;
  return (
    <RelatedList
      answer={answer}
      empty={{ title: t('none'), sentence: t('noneSentence') }}
      add={may ? { label: t('add'), run: () => void askRecord(tasks, { given: { projectId: row.id } }) } : undefined}
      itemKey={task => task.id}
      href={task => `/tasks/${task.id}`}
      draw={task => (
        <>
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{task.title}</span>
            <span className="block text-muted text-xs sm:hidden">
              <ColorDot color={task.statusColor}>{task.statusName}</ColorDot>
            </span>
          </span>
          <span className="w-36 flex-none text-sm max-sm:hidden">
            <Assignees names={task.assigneeNames} />
          </span>
          <span className="w-36 flex-none max-sm:hidden">
            <ColorDot color={task.statusColor}>{task.statusName}</ColorDot>
          </span>
          <span className="w-24 flex-none text-end">
            <DueDate row={task} />
          </span>
        </>
      )}
    />
  );
}
