import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { AppliedTemplate, ProjectRow } from '@/api/types.gen';
import { request } from '@/kernel/http/request';
import { useSave } from '@/kernel/http/useSave';
import { refetch } from '@/kernel/records/changes';
import { useFind } from '@/kernel/records/lookups';
import { DateInput } from '@/ui/fields/DateInput';
import { Lookup } from '@/ui/fields/Lookup';
import { ask } from '@/ui/overlays/ask';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { notify } from '@/ui/overlays/notify';
import { projects } from '../projects/collection';
import { milestones, templates } from '../projects/parts';
import { tasks } from '../tasks/collection';

/** Plans a project from a template: asks which one and from which day, and shows the server's refusal in place. */
export async function applyTemplate(project: ProjectRow): Promise<void> {
  await ask<AppliedTemplate>(answer => <Dialog project={project} onAnswer={answer} />);
}

function Dialog({ project, onAnswer }: { project: ProjectRow; onAnswer: (done: AppliedTemplate | null) => void }) {
  const t = useTranslations('production.templates');
  const c = useTranslations('production.common');
  const find = useFind(`${templates.path}/lookup`);
  const [templateId, setTemplateId] = useState<string | null>(null);
  const [startDate, setStartDate] = useState<string | null>(project.startDate);
  const saving = useSave(['templateId', 'startDate']);

  async function apply() {
    const body = { templateId, startDate };
    await saving.run(async () => {
      const done = await request<AppliedTemplate>('POST', `${projects.path}/${project.id}/apply-template`, { body });
      for (const noun of [projects, tasks, milestones]) void refetch(noun);
      notify(
        t('applied', {
          tasks: done.tasks,
          milestones: done.milestones,
          stages: done.stages.length,
          name: project.title,
        }),
      );
      onAnswer(done);
    });
  }

  return (
    <FormDialog title={t('applyTitle', { name: project.title })} onClose={() => onAnswer(null)}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={event => {
          event.preventDefault();
          if (templateId === null) saving.refuse('templateId', t('chooseTemplate'));
          else void apply();
        }}
      >
        <p className="-mt-2 text-muted text-sm">{t('applySentence')}</p>
        <Lookup
          label={t('template')}
          value={templateId}
          onChange={setTemplateId}
          find={find}
          autoFocus
          required
          error={saving.errorOf('templateId')}
        />
        <DateInput
          label={t('from')}
          help={t('fromHelp')}
          value={startDate}
          onChange={setStartDate}
          error={saving.errorOf('startDate')}
        />
        {saving.failure && (
          <p role="alert" className="text-danger text-sm">
            {saving.failure}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button variant="outline" onPress={() => onAnswer(null)}>
            {c('cancel')}
          </Button>
          <Button type="submit" isPending={saving.waiting}>
            {t('apply')}
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}
