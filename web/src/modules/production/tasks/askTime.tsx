import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { TaskRow } from '@/api/types.gen';
import { request } from '@/kernel/http/request';
import { useSave } from '@/kernel/http/useSave';
import { refetch } from '@/kernel/records/changes';
import { DateInput } from '@/ui/fields/DateInput';
import { NumberInput } from '@/ui/fields/NumberInput';
import { Presets } from '@/ui/fields/Presets';
import { TextInput } from '@/ui/fields/TextInput';
import { ask } from '@/ui/overlays/ask';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { notify } from '@/ui/overlays/notify';
import { writeWork } from '@/ui/time';
import { useWorkDay } from '@/ui/workDay';
import { tasks, timeEntries } from './collection';

const usual = [30, 60, 120, 240, 480];

/** Writes down one's own minutes on a day; sent twice for a day, the later ones count. */
export async function askTime(task: TaskRow): Promise<void> {
  await ask<true>(answer => <TimeDialog task={task} onAnswer={answer} />);
}

function TimeDialog({ task, onAnswer }: { task: TaskRow; onAnswer: (done: true | null) => void }) {
  const t = useTranslations('production.myTasks');
  const c = useTranslations('production.common');
  const today = useWorkDay();
  const [date, setDate] = useState<string | null>(today);
  const [minutes, setMinutes] = useState<number | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const saving = useSave(['date', 'minutes', 'note']);

  async function save() {
    const body = { date, minutes, note };
    if (!(await saving.run(() => request('POST', `${tasks.path}/${task.id}/time`, { body })))) return;
    void refetch(tasks);
    void refetch(timeEntries);
    notify(t('written', { time: writeWork(minutes ?? 0), name: task.title }));
    onAnswer(true);
  }

  return (
    <FormDialog title={t('timeTitle', { name: task.title })} onClose={() => onAnswer(null)}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={event => {
          event.preventDefault();
          if (minutes === null) saving.refuse('minutes', t('minutesMissing'));
          else void save();
        }}
      >
        <div className="flex flex-col gap-2">
          <NumberInput
            label={t('minutes')}
            value={minutes}
            onChange={setMinutes}
            min={1}
            max={1_440}
            required
            autoFocus
            error={saving.errorOf('minutes')}
          />
          <Presets
            label={t('usual')}
            options={usual.map(value => ({ value, name: writeWork(value) }))}
            chosen={minutes}
            onChoose={setMinutes}
          />
        </div>
        <DateInput label={t('day')} value={date} onChange={setDate} required error={saving.errorOf('date')} />
        <TextInput label={t('note')} value={note} onChange={setNote} maxLength={500} error={saving.errorOf('note')} />
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
            {t('write')}
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}
