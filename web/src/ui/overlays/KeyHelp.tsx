import { useTranslations } from 'use-intl';
import { useActiveHotkeys } from '../hotkeys';
import { Keys } from '../parts/Keys';
import { FormDialog } from './FormDialog';

/** All keys of the present screen. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const t = useTranslations('ui');
  const hotkeys = useActiveHotkeys();
  const groups = [...new Set(hotkeys.map(hotkey => hotkey.group))];
  return (
    <FormDialog title={t('shortcuts')} onClose={onClose} wide>
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        {groups.map(group => (
          <section key={group}>
            <h3 className="mb-1 font-medium text-muted text-xs">{group}</h3>
            <ul>
              {hotkeys
                .filter(hotkey => hotkey.group === group)
                .map(hotkey => (
                  <li key={hotkey.keys} className="flex h-8 items-center justify-between gap-4 text-sm">
                    {hotkey.label}
                    <Keys keys={hotkey.keys} />
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </FormDialog>
  );
}
