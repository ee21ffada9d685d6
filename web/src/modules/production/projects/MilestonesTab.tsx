import CheckCircle from '@heroicons/react/16/solid/CheckCircleIcon';
import PencilSquare from '@heroicons/react/16/solid/PencilSquareIcon';
import Trash from '@heroicons/react/16/solid/TrashIcon';
import { useTranslations } from 'use-intl';
import type { MilestoneRow, ProjectRow } from '@/api/types.gen';
import { askRecord } from '@/kernel/records/askRecord';
import type { RecordRow } from '@/kernel/records/fields';
import type { RecordPartProps } from '@/kernel/records/noun';
import { RelatedList } from '@/kernel/records/RelatedList';
import { useRecordPage } from '@/kernel/records/useRecords';
import { useVerbs } from '@/kernel/records/useVerbs';
import { useAccess } from '@/kernel/session/useSession';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import { CivilDate } from '@/ui/parts/Moment';
import { StateDot, type Tone } from '@/ui/parts/StateDot';
import milestones from '../milestones.noun';

/** Days of a project that matter beside its four stages. */
export default function MilestonesTab({ row }: RecordPartProps<ProjectRow>) {
  const t = useTranslations('production.projects');
  const r = useTranslations('records');
  const can = useAccess();
  const verbs = useVerbs(milestones);
  const answer = useRecordPage<MilestoneRow>(milestones, { projectId: row.id, sort: 'date' });
  const may = can('schedule', 'write') && !row.deletedAt;
  const stateOf = (one: MilestoneRow): [Tone, string] =>
    one.doneAt ? ['green', t('reached')] : one.overdue ? ['red', t('late')] : ['grey', t('states.planned')];
  return (
    <RelatedList
      answer={answer}
      empty={{ title: t('noMilestones'), sentence: t('noMilestonesSentence') }}
      add={
        may
          ? { label: t('addMilestone'), run: () => void askRecord(milestones, { given: { projectId: row.id } }) }
          : undefined
      }
      itemKey={one => one.id}
      draw={one => {
        const [tone, word] = stateOf(one);
        return (
          <>
            <span className="w-28 flex-none">
              <CivilDate on={one.date} />
            </span>
            <span className="min-w-0 flex-1 truncate font-medium">{one.name}</span>
            <span className="w-24 flex-none">
              <StateDot tone={tone}>{word}</StateDot>
            </span>
            {may && (
              <ActionMenu
                label={`${r('actions')}: ${one.name}`}
                quiet
                actions={[
                  {
                    id: 'done',
                    label: one.doneAt ? t('notReached') : t('reach'),
                    icon: <CheckCircle />,
                    run: () =>
                      void verbs.change(one as unknown as RecordRow, {
                        doneAt: one.doneAt ? null : new Date().toISOString(),
                      }),
                  },
                  {
                    id: 'edit',
                    label: r('edit'),
                    icon: <PencilSquare />,
                    run: () => void askRecord(milestones, { row: one as unknown as RecordRow }),
                  },
                  {
                    id: 'delete',
                    label: r('delete'),
                    icon: <Trash />,
                    danger: true,
                    run: () => void verbs.remove(one as unknown as RecordRow),
                  },
                ]}
              />
            )}
          </>
        );
      }}
    />
  );
}
