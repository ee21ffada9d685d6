import { useFormatter, useTranslations } from 'use-intl';
import { classes } from '@/ui/classes';
import type { Tone } from '@/ui/parts/StateDot';
import { StateDot } from '@/ui/parts/StateDot';
import type { Counts, RowAction } from '../contract';
import { actions } from './plan';

export const actionTones: Record<RowAction, Tone> = {
  error: 'red',
  create: 'green',
  update: 'blue',
  unchanged: 'grey',
  skip: 'grey',
};

/** What would happen, counted; each count shows its rows. */
export function PlanTabs(props: { counts: Counts; chosen: RowAction; onChoose: (action: RowAction) => void }) {
  const t = useTranslations('import');
  const { number } = useFormatter();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a visible legend
    <div role="group" aria-label={t('plan')} className="plan-tabs">
      {actions.map(action => (
        <button
          key={action}
          type="button"
          aria-pressed={action === props.chosen}
          className={classes('plan-tabs__tab', action === props.chosen && 'plan-tabs__tab--on')}
          onClick={() => props.onChoose(action)}
        >
          <span className="plan-tabs__count">{number(props.counts[action])}</span>
          <StateDot tone={props.counts[action] === 0 ? 'grey' : actionTones[action]}>{t(`actions.${action}`)}</StateDot>
        </button>
      ))}
    </div>
  );
}
