import PencilSquare from '@heroicons/react/16/solid/PencilSquareIcon';
import Trash from '@heroicons/react/16/solid/TrashIcon';
import { useTranslations } from 'use-intl';
import type { TaskRow, TimeEntryRow } from '@/api/types.gen';
import { askRecord } from '@/kernel/records/askRecord';
import type { RecordRow } from '@/kernel/records/fields';
import type { RecordPartProps } from '@/kernel/records/noun';
import { RelatedList } from '@/kernel/records/RelatedList';
import { useRecordPage } from '@/kernel/records/useRecords';
import { useVerbs } from '@/kernel/records/useVerbs';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import { Person } from '@/ui/parts/Avatar';
import { CivilDate } from '@/ui/parts/Moment';
import { writeWork } from '@/ui/time';
import { useWorkDay } from '@/ui/workDay';
import entries from '../time-entries.noun';

/** Time written down for a task, by day and person. */
export default function TimeTab({ row, canWrite }: RecordPartProps<TaskRow>) {
  const t = useTranslations('production.tasks');
  const r = useTranslations('records');
  const today = useWorkDay();
  const verbs = useVerbs(entries);
  const answer = useRecordPage<TimeEntryRow>(entries, { taskId: row.id, sort: '-date' });
  return (
    <>
      <p className="mb-2 text-muted text-sm tabular-nums">
        {row.estimateMin
          ? t('spentOf', { spent: writeWork(row.spentMin), estimate: writeWork(row.estimateMin) })
          : t('spent', { spent: writeWork(row.spentMin) })}
      </p>
      <RelatedList
        answer={answer}
        empty={{ title: t('noTime'), sentence: t('noTimeSentence') }}
        add={
          canWrite
            ? { label: t('addTime'), run: () => void askRecord(entries, { given: { taskId: row.id, date: today } }) }
            : undefined
        }
        itemKey={entry => entry.id}
        draw={entry => (
          <>
            <span className="w-28 flex-none">
              <CivilDate on={entry.date} />
            </span>
            <span className="min-w-0 flex-1">
              <Person name={entry.personName} />
            </span>
            <span className="min-w-0 flex-1 truncate text-muted max-sm:hidden">{entry.note}</span>
            <span className="w-24 flex-none text-end tabular-nums">{writeWork(entry.minutes)}</span>
            {canWrite && (
              <ActionMenu
                label={`${r('actions')}: ${entry.personName}`}
                quiet
                actions={[
                  {
                    id: 'edit',
                    label: r('edit'),
                    icon: <PencilSquare />,
                    run: () => void askRecord(entries, { row: entry as unknown as RecordRow }),
                  },
                  {
                    id: 'delete',
                    label: r('delete'),
                    icon: <Trash />,
                    danger: true,
                    run: () => void verbs.remove(entry as unknown as RecordRow),
                  },
                ]}
              />
            )}
          </>
        )}
      />
    </>
  );
}
