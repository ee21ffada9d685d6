import { useTranslations } from 'use-intl';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import type { ImportRow } from '../contract';
import { chooseRecord } from './ChooseRecord';
import type { PlanProps } from './PlanRows';

/** What can be done with one row as a whole. */
export function RowMenu(props: Pick<PlanProps, 'noun' | 'fix'> & { row: ImportRow; name: string }) {
  const { noun, row, fix } = props;
  const t = useTranslations('import');
  return (
    <ActionMenu
      quiet
      label={t('rowActions', { n: row.n })}
      actions={[
        row.action === 'skip'
          ? { id: 'take', label: t('takeRow'), run: () => void fix(row, { skip: false }) }
          : { id: 'skip', label: t('skipRow'), run: () => void fix(row, { skip: true }) },
        ...(noun.unnamed
          ? []
          : [
              {
                id: 'choose',
                label: t('chooseRecord'),
                run: () =>
                  void chooseRecord(noun, props.name).then(recordId =>
                    recordId === null ? undefined : fix(row, { recordId }),
                  ),
              },
            ]),
      ]}
    />
  );
}
