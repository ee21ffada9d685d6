import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { AccessPages, AccessRow } from '@/api/types.gen';
import { classes } from '@/ui/classes';
import { Toggle } from '@/ui/fields/Toggle';
import { Pin } from '@/ui/matrix/Pin';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { effectsOf, exceptionsOf } from '../access/wish';

/** What another role opens and closes for a person, before it is given. */
export function RoleChangeDialog(props: {
  row: AccessRow;
  role: string;
  pages: AccessPages;
  onAnswer: (answer: { reset: boolean } | null) => void;
}) {
  const { row, pages, onAnswer } = props;
  const t = useTranslations('people');
  const [reset, setReset] = useState(false);
  const role = pages.roles.find(one => one.key === props.role);
  const former = pages.roles.find(one => one.key === row.role);
  const effects = effectsOf(row, role?.defaults ?? {}, reset);
  const exceptions = exceptionsOf(row).length;
  const rank = { none: 0, read: 1, write: 2 };
  return (
    <FormDialog
      title={t('roleTitle', { name: row.fullName, role: role?.name ?? props.role })}
      onClose={() => onAnswer(null)}
      wide
    >
      <table className="w-full table-fixed text-sm">
        <thead className="text-muted text-xs">
          <tr className="h-8 border-border border-b">
            <th className="text-start font-medium">{t('page')}</th>
            <th className="w-1/4 text-start font-medium">{t('nowAs', { role: former?.name ?? row.role })}</th>
            <th className="w-1/3 text-start font-medium">{t('thenAs', { role: role?.name ?? props.role })}</th>
          </tr>
        </thead>
        <tbody>
          {pages.pages.map(page => {
            const effect = effects.find(one => one.page === page.key);
            if (!effect) return null;
            const step = rank[effect.after] - rank[effect.before];
            return (
              <tr key={page.key} className="h-9 border-row-line border-b">
                <th scope="row" className="truncate pe-2 text-start font-normal">
                  {page.name}
                </th>
                <td className="text-muted">{t(`levels.${effect.before}`)}</td>
                <td>
                  <span
                    className={classes(
                      step === 0 ? 'text-muted' : 'font-medium',
                      step > 0 && 'diff-added',
                      step < 0 && 'diff-lost',
                    )}
                  >
                    {t(`levels.${effect.after}`)}
                  </span>
                  {step !== 0 && <span className="sr-only"> {t(step > 0 ? 'gains' : 'loses')}</span>}
                  {effect.held && (
                    <span className="ms-2 inline-flex items-center gap-1 text-muted text-xs">
                      <Pin /> {t('exception')}
                    </span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {exceptions > 0 && (
        <div className="mt-4">
          <Toggle
            label={t('resetToo', { count: exceptions })}
            help={t('resetTooHelp')}
            value={reset}
            onChange={setReset}
          />
        </div>
      )}
      <div className="mt-5 flex justify-end gap-2">
        <Button variant="outline" onPress={() => onAnswer(null)}>
          {t('cancel')}
        </Button>
        <Button autoFocus onPress={() => onAnswer({ reset })}>
          {t('roleAction', { role: role?.name ?? props.role })}
        </Button>
      </div>
    </FormDialog>
  );
}
