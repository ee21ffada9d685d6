import { useTranslations } from 'use-intl';
import type { CandidateRow } from '@/api/types.gen';
import { classes } from '@/ui/classes';
import { StateDot } from '@/ui/parts/StateDot';
import { path, type Stage, stageTones } from './stages';

/** The way of a candidate, with the steps that are allowed now as buttons. */
export function StageSteps(props: {
  row: Pick<CandidateRow, 'status'>;
  next: readonly Stage[];
  onMove: (stage: Stage) => void;
}) {
  const t = useTranslations('candidates');
  const { status } = props.row;
  const reached = path.indexOf(status);
  if (reached < 0) return <StateDot tone={stageTones[status]}>{t(`stages.${status}`)}</StateDot>;
  return (
    <ol className="stage-steps" aria-label={t('stage')}>
      {path.map((stage, place) => {
        const word = t(`stages.${stage}`);
        const look = classes(
          'stage-steps__step',
          place < reached && 'stage-steps__step--past',
          place === reached && 'stage-steps__step--now',
        );
        return (
          <li key={stage} aria-current={place === reached ? 'step' : undefined}>
            {props.next.includes(stage) ? (
              <button
                type="button"
                className={classes(look, 'stage-steps__step--next')}
                title={t('moveTo', { stage: word })}
                onClick={() => props.onMove(stage)}
              >
                <span className="sr-only">{t('move')} </span>
                {word}
                <span aria-hidden="true">→</span>
              </button>
            ) : (
              <span className={look}>{word}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
