import Check from '@heroicons/react/16/solid/CheckIcon';
import type { ReactNode } from 'react';
import { classes } from '../classes';

interface ToggleChipProps {
  on: boolean;
  onPress: () => void;
  /** One of several that are usually all on: a tick and a word, without a frame. */
  quiet?: boolean;
  children: ReactNode;
}

/** Something that is shown, or is not, beside others of its kind; as quiet as the filters of a list. */
export function ToggleChip({ on, onPress, quiet = false, children }: ToggleChipProps) {
  return (
    <button
      type="button"
      aria-pressed={on}
      className={classes('toggle-chip', on && 'toggle-chip--on', quiet && 'toggle-chip--quiet')}
      onClick={onPress}
    >
      {quiet && <Check className="size-3 flex-none" aria-hidden="true" />}
      {children}
    </button>
  );
}
