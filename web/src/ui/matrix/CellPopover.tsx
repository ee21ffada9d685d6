import Check from '@heroicons/react/16/solid/CheckIcon';
import { Popover } from '@heroui/react/popover';
import type { ReactNode, RefObject } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from '../classes';
import { Keys } from '../parts/Keys';
import type { MatrixCell } from './cell';
import { type CellSetting, settingOfKey } from './matrixKeys';

const settings: readonly { setting: CellSetting; keys: string }[] = [
  { setting: 'inherit', keys: 'i' },
  { setting: 'read', keys: 'r' },
  { setting: 'write', keys: 'w' },
  { setting: 'deny', keys: 'n' },
];

/** What can be done with a cell, and why it is as it is. The letters of the grid work in here, too. */
export function CellPopover(props: {
  title: string;
  cell: MatrixCell;
  trigger: RefObject<HTMLElement | null>;
  onSet: ((setting: CellSetting) => void) | undefined;
  onClose: () => void;
  children: ReactNode;
}) {
  const t = useTranslations('ui');
  const { cell, onSet } = props;
  return (
    <Popover isOpen onOpenChange={open => !open && props.onClose()}>
      <Popover.Content placement="bottom" triggerRef={props.trigger} className="matrix-popover">
        <Popover.Dialog aria-label={props.title} className="p-0">
          <div
            onKeyDown={event => {
              const setting = settingOfKey(event.key);
              const typing =
                event.target instanceof Element && event.target.closest('input,textarea,[role=spinbutton]');
              if (typing || !setting || !onSet || event.metaKey || event.ctrlKey || event.altKey) return;
              event.preventDefault();
              onSet(setting);
            }}
          >
            <h3 className="truncate px-3 pt-3 pb-2 font-semibold text-sm">{props.title}</h3>
            {onSet && (
              <div role="group" aria-label={t('access')} className="px-1 pb-1">
                {settings.map(({ setting, keys }) => {
                  const on = cell.setting === setting;
                  return (
                    <button
                      key={setting}
                      type="button"
                      aria-pressed={on}
                      // biome-ignore lint/a11y/noAutofocus: the focus belongs where the choice is made
                      autoFocus={on}
                      className={classes('matrix__choice', on && 'matrix__choice--on')}
                      onClick={() => onSet(setting)}
                    >
                      <Check className={classes('size-4 flex-none', !on && 'invisible')} />
                      <span>{t(`settings.${setting}`)}</span>
                      {setting === 'inherit' && <span className="text-muted">{t(`level.${cell.roleLevel}`)}</span>}
                      <span className="ms-auto max-sm:hidden">
                        <Keys keys={keys} />
                      </span>
                    </button>
                  );
                })}
              </div>
            )}
            {cell.refused !== undefined && (
              <p
                role="alert"
                className="mx-3 mb-2 rounded-md bg-danger-soft px-2 py-1.5 text-danger-soft-foreground text-xs"
              >
                {cell.refused}
              </p>
            )}
            {props.children}
          </div>
        </Popover.Dialog>
      </Popover.Content>
    </Popover>
  );
}
