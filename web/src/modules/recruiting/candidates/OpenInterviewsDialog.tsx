import { Button } from '@heroui/react/button';
import { useTranslations } from 'use-intl';
import { ask } from '@/ui/overlays/ask';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { Moment } from '@/ui/parts/Moment';

export interface OpenInterview {
  id: string;
  interviewerName: string;
  scheduledAt: string;
}

/** A hire with interviews still to come: offers to cancel them. */
export function askOpenInterviews(name: string, interviews: readonly OpenInterview[]) {
  return ask<true>(answer => <OpenInterviewsDialog name={name} interviews={interviews} onAnswer={answer} />);
}

function OpenInterviewsDialog(props: {
  name: string;
  interviews: readonly OpenInterview[];
  onAnswer: (yes: true | null) => void;
}) {
  const t = useTranslations('candidates');
  return (
    <FormDialog
      title={t('openInterviews', { name: props.name, count: props.interviews.length })}
      onClose={() => props.onAnswer(null)}
    >
      <ul className="flex flex-col gap-1 rounded-lg border border-border p-3 text-sm">
        {props.interviews.map(interview => (
          <li key={interview.id} className="flex justify-between gap-3">
            <Moment at={interview.scheduledAt} />
            <span className="min-w-0 truncate text-muted">{interview.interviewerName}</span>
          </li>
        ))}
      </ul>
      <div className="mt-5 flex justify-end gap-2">
        <Button variant="outline" autoFocus onPress={() => props.onAnswer(null)}>
          {t('keepInterviews')}
        </Button>
        <Button onPress={() => props.onAnswer(true)}>{t('cancelAndHire')}</Button>
      </div>
    </FormDialog>
  );
}
