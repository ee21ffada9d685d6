import EllipsisHorizontal from '@heroicons/react/16/solid/EllipsisHorizontalIcon';
import { Button } from '@heroui/react/button';
import { Dropdown } from '@heroui/react/dropdown';
import { Label } from '@heroui/react/label';
import type { ReactNode } from 'react';

export interface MenuAction {
  id: string;
  label: string;
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  run: () => void;
}

/** A few verbs behind three dots, or behind another button. */
export function ActionMenu(props: {
  label: string;
  actions: readonly MenuAction[];
  children?: ReactNode;
  /** Only visible on hover and focus of the row around it. */
  quiet?: boolean;
}) {
  if (props.actions.length === 0) return null;
  return (
    <Dropdown>
      {props.children ?? (
        <Button
          isIconOnly
          size="sm"
          variant="ghost"
          aria-label={props.label}
          className={`button--dense text-muted ${props.quiet ? 'quiet-menu' : ''}`}
        >
          <EllipsisHorizontal />
        </Button>
      )}
      <Dropdown.Popover placement="bottom end" className="min-w-44">
        <Dropdown.Menu
          aria-label={props.label}
          disabledKeys={props.actions.filter(action => action.disabled).map(action => action.id)}
          onAction={key => props.actions.find(action => action.id === key)?.run()}
        >
          {props.actions.map(action => (
            <Dropdown.Item
              key={action.id}
              id={action.id}
              textValue={action.label}
              variant={action.danger ? 'danger' : 'default'}
            >
              {action.icon && <span className="text-muted [&_svg]:size-4">{action.icon}</span>}
              <Label>{action.label}</Label>
            </Dropdown.Item>
          ))}
        </Dropdown.Menu>
      </Dropdown.Popover>
    </Dropdown>
  );
}
