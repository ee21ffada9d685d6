import PencilSquare from '@heroicons/react/16/solid/PencilSquareIcon';
import Trash from '@heroicons/react/16/solid/TrashIcon';
import { useTranslations } from 'use-intl';
import type { ProjectTemplateRow, TemplateStepRow } from '@/api/types.gen';
import { askRecord } from '@/kernel/records/askRecord';
import { FieldValue } from '@/kernel/records/FieldValue';
import type { RecordRow } from '@/kernel/records/fields';
import type { RecordPartProps } from '@/kernel/records/noun';
import { RelatedList } from '@/kernel/records/RelatedList';
import { useRecordPage } from '@/kernel/records/useRecords';
import { useVerbs } from '@/kernel/records/useVerbs';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import steps from '../template-steps.noun';

/** What a template plans, in days from the start. */
export default function StepsTab({ row, canWrite }: RecordPartProps<ProjectTemplateRow>) {
  const t = useTranslations('production.templates');
  const r = useTranslations('records');
  const verbs = useVerbs(steps);
  const answer = useRecordPage<TemplateStepRow>(steps, { templateId: row.id, sort: 'offsetDays' });
  const next = (answer.data?.items.length ?? 0) * 10 + 10;
  return (
    <RelatedList
      answer={answer}
      empty={{ title: t('noSteps'), sentence: t('noStepsSentence') }}
      add={
        canWrite
          ? { label: t('addStep'), run: () => void askRecord(steps, { given: { templateId: row.id, sort: next } }) }
          : undefined
      }
      itemKey={step => step.id}
      draw={step => (
        <>
          <span className="w-16 flex-none text-muted tabular-nums">{t('day', { day: step.offsetDays })}</span>
          <span className="min-w-0 flex-1 truncate font-medium">{step.name}</span>
          <span className="w-24 flex-none">
            <FieldValue noun={steps} name="kind" value={step.kind} />
          </span>
          <span className="w-20 flex-none text-end text-muted tabular-nums max-sm:hidden">
            {t('days', { count: step.durationDays })}
          </span>
          {canWrite && (
            <ActionMenu
              label={`${r('actions')}: ${step.name}`}
              quiet
              actions={[
                {
                  id: 'edit',
                  label: r('edit'),
                  icon: <PencilSquare />,
                  run: () => void askRecord(steps, { row: step as unknown as RecordRow }),
                },
                {
                  id: 'delete',
                  label: r('delete'),
                  icon: <Trash />,
                  danger: true,
                  run: () => void verbs.remove(step as unknown as RecordRow),
                },
              ]}
            />
          )}
        </>
      )}
    />
  );
}
