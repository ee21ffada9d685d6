import { useTranslations } from 'use-intl';
import type { CandidateRow } from '@/api/types.gen';
import { StateDot } from '@/ui/parts/StateDot';
import { Steps } from '@/ui/parts/Steps';
import { path, type Stage, stageTones } from './stages';

/** The way of a candidate, with the steps that are allowed now as buttons. */
export function StageSteps(props: {
  row: Pick<CandidateRow, 'status'>;
  next: readonly Stage[];
  onMove: (stage: Stage) => void;
}) {
  const t = useTranslations('candidates');
  const { status } = props.row;
  if (!path.includes(status)) return <StateDot tone={stageTones[status]}>{t(`stages.${status}`)}</StateDot>;
  return (
    <Steps
      label={t('stage')}
      steps={path.map(stage => ({ id: stage, name: t(`stages.${stage}`) }))}
      now={status}
      next={props.next}
      onMove={props.onMove}
    />
  );
}
