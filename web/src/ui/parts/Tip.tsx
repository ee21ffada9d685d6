import { Tooltip } from '@heroui/react/tooltip';
import type { ReactNode } from 'react';

/** A short hint on hover and focus. The child must be pressable by itself. */
export function Tip(props: {
  text: ReactNode;
  keys?: string;
  children: ReactNode;
  placement?: 'top' | 'bottom' | 'right';
}) {
  return (
    <Tooltip>
      {props.children}
      <Tooltip.Content placement={props.placement ?? 'bottom'}>
        <span className="flex items-center gap-2">
          {props.text}
          {props.keys && <kbd className="kbd-key">{props.keys}</kbd>}
        </span>
      </Tooltip.Content>
    </Tooltip>
  );
}
