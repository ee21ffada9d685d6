import type { ReactNode } from 'react';
import { classes } from '../classes';

/** Something that is shown, or is not, beside others of its kind; as quiet as the filters of a list. */
export function ToggleChip(props: { on: boolean; onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={props.on}
      className={classes('toggle-chip', props.on && 'toggle-chip--on')}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  );
}
