import type { CSSProperties } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from '../classes';

/** A way in steps: what is behind, where one stands, and the steps that may be taken now as buttons. */
export function Steps<Id extends string>(props: {
  label: string;
  steps: readonly { id: Id; name: string }[];
  now: Id;
  next: readonly Id[];
  onMove: (id: Id) => void;
}) {
  const t = useTranslations('ui');
  const count = props.steps.length;
  const reached = props.steps.findIndex(step => step.id === props.now);
  return (
    <ol
      className="stage-steps"
      style={{ '--steps': count, '--narrow-steps': count > 4 ? Math.ceil(count / 2) : count } as CSSProperties}
      aria-label={props.label}
    >
      {props.steps.map((step, place) => {
        const look = classes(
          'stage-steps__step',
          place < reached && 'stage-steps__step--past',
          place === reached && 'stage-steps__step--now',
        );
        return (
          <li key={step.id} aria-current={place === reached ? 'step' : undefined}>
            {props.next.includes(step.id) ? (
              <button
                type="button"
                className={classes(look, 'stage-steps__step--next')}
                title={`${t('moveTo')} ${step.name}`}
                onClick={() => props.onMove(step.id)}
              >
                <span className="sr-only">{t('move')} </span>
                {step.name}
                <span aria-hidden="true">→</span>
              </button>
            ) : (
              <span className={look}>{step.name}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
