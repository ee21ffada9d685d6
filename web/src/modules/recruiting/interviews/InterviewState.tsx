import { useTranslations } from 'use-intl';
import type { InterviewStatus } from '@/api/types.gen';
import { StateDot, type Tone } from '@/ui/parts/StateDot';

const tones: Readonly<Record<InterviewStatus, Tone>> = {
  scheduled: 'blue',
  in_progress: 'amber',
  completed: 'green',
  cancelled: 'grey',
  no_show: 'red',
};

/** How far an interview is. */
export function InterviewState({ status }: { status: InterviewStatus }) {
  const t = useTranslations('candidates');
  return <StateDot tone={tones[status]}>{t(`interviewStates.${status}`)}</StateDot>;
}
