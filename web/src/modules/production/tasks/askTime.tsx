import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { TaskRow } from '@/api/types.gen';
import { isProblem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { refetch } from '@/kernel/records/changes';
import { DateInput } from '@/ui/fields/DateInput';
import { NumberInput } from '@/ui/fields/NumberInput';
import { Presets } from '@/ui/fields/Presets';
import { TextInput } from '@/ui/fields/TextInput';
import { ask } from '@/ui/overlays/ask';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { notify } from '@/ui/overlays/notify';
import { writeWork } from '@/ui/time';
import { useToday } from '../today';
import { tasks, timeEntries } from './collection';

const usual = [30, 60, 120, 240, 480];

/** Writes down one's own minutes on a day; sent twice for a day, the later ones count. */
export async function askTime(task: TaskRow): Promise<void> {
  await ask<true>(answer => <TimeDialog task={task} onAnswer={answer} />);
}

function TimeDialog({ task, onAnswer }: { task: TaskRow; onAnswer: (done: true | null) => void }) {
  const t = useTranslations('production.myTasks');
  const c = useTranslations('production.common');
  const { today } = useToday();
  const [date, setDate] = useState<string | null>(today);
  const [minutes, setMinutes] = useState<number | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const [errors, setErrors] = useState<Readonly<Record<string, readonly string[]>>>({});
  const [sentence, setSentence] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function save() {
    setBusy(true);
    try {
      await request('POST', `${tasks.path}/${task.id}/time`, { body: { date, minutes, note } });
      void refetch(tasks);
      void refetch(timeEntries);
      notify(t('written', { time: writeWork(minutes ?? 0), name: task.title }));
      onAnswer(true);
    } catch (error) {
      if (!isProblem(error)) throw error;
      setErrors(error.errors);
      setSentence(Object.keys(error.errors).length > 0 ? null : error.status === 0 ? c('offline') : error.message);
      setBusy(false);
    }
  }

  return (
    <FormDialog title={t('timeTitle', { name: task.title })} onClose={() => onAnswer(null)}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={event => {
          event.preventDefault();
          if (minutes === null) setErrors({ minutes: [t('minutesMissing')] });
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
            error={errors.minutes?.[0]}
          />
          <Presets
            label={t('usual')}
            options={usual.map(value => ({ value, name: writeWork(value) }))}
            chosen={minutes}
            onChoose={setMinutes}
          />
        </div>
        <DateInput label={t('day')} value={date} onChange={setDate} required error={errors.date?.[0]} />
        <TextInput label={t('note')} value={note} onChange={setNote} maxLength={500} error={errors.note?.[0]} />
        {sentence && (
          <p role="alert" className="text-danger text-sm">
            {sentence}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button variant="outline" onPress={() => onAnswer(null)}>
            {c('cancel')}
          </Button>
          <Button type="submit" isPending={busy}>
            {t('write')}
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}
