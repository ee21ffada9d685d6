import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { InterviewRow } from '@/api/types.gen';
import { isProblem } from '@/kernel/http/problem';
import { TextInput } from '@/ui/fields/TextInput';
import { ask } from '@/ui/overlays/ask';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { reschedule } from './api';
import { When } from './When';

interface Wording {
  title: string;
  sentence: string;
  action: string;
  danger?: boolean;
}

/** Asks for the reason of a step; null when it is not taken. */
export function askReason(wording: Wording, required: boolean): Promise<{ reason: string | null } | null> {
  return ask(answer => <ReasonDialog {...wording} required={required} onAnswer={answer} />);
}

function ReasonDialog(
  props: Wording & { required: boolean; onAnswer: (answer: { reason: string | null } | null) => void },
) {
  const t = useTranslations('interviews');
  const [reason, setReason] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  return (
    <FormDialog title={props.title} onClose={() => props.onAnswer(null)}>
      <form
        className="flex flex-col gap-4"
        onSubmit={event => {
          event.preventDefault();
          const given = reason?.trim() || null;
          if (given === null && props.required) setMissing(true);
          else props.onAnswer({ reason: given });
        }}
      >
        <p className="text-muted text-sm">{props.sentence}</p>
        <TextInput
          label={t('reason')}
          value={reason}
          onChange={setReason}
          rows={3}
          maxLength={1_000}
          autoFocus
          required={props.required}
          error={missing && !reason?.trim() ? t('reasonRequired') : undefined}
        />
        <div className="flex justify-end gap-2">
          <Button variant="outline" onPress={() => props.onAnswer(null)}>
            {t('back')}
          </Button>
          <Button type="submit" variant={props.danger ? 'danger' : 'primary'}>
            {props.action}
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}

/** Asks for another time and books it; resolves to the interview as it is then. */
export function askTime(row: InterviewRow): Promise<InterviewRow | null> {
  return ask(answer => <TimeDialog row={row} onAnswer={answer} />);
}

function TimeDialog({ row, onAnswer }: { row: InterviewRow; onAnswer: (next: InterviewRow | null) => void }) {
  const t = useTranslations('interviews');
  const [at, setAt] = useState<string | null>(row.scheduledAt);
  const [minutes, setMinutes] = useState<number | null>(row.durationMins);
  const [twice, setTwice] = useState(false);
  const [error, setError] = useState<string | undefined>();
  const [waiting, setWaiting] = useState(false);

  async function save() {
    if (at === null) return setError(t('timeRequired'));
    setWaiting(true);
    try {
      onAnswer(await reschedule(row.id, { scheduledAt: at, durationMins: minutes, allowDoubleBooking: twice }));
    } catch (problem) {
      if (!isProblem(problem)) throw problem;
      setError(problem.code === 'booking_conflict' ? problem.message : problem.sentence);
      setWaiting(false);
    }
  }

  return (
    <FormDialog title={t('rescheduleTitle', { name: row.candidateName })} onClose={() => onAnswer(null)}>
      <form
        className="flex flex-col gap-5"
        onSubmit={event => {
          event.preventDefault();
          void save();
        }}
      >
        <When
          words={{ time: t('time'), length: t('minutes') }}
          plan={{ ...row, scheduledAt: at, durationMins: minutes, excludeId: row.id }}
          candidateZone={row.timeZone}
          error={error}
          onTime={next => {
            setAt(next);
            setError(undefined);
          }}
          onLength={setMinutes}
          twice={twice}
          onTwice={setTwice}
        />
        <div className="flex justify-end gap-2">
          <Button variant="outline" onPress={() => onAnswer(null)}>
            {t('back')}
          </Button>
          <Button type="submit" isPending={waiting}>
            {t('reschedule')}
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}
