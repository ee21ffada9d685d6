import type { useTranslations } from 'use-intl';
import type { AccessRow } from '@/api/types.gen';
import { isProblem } from '@/kernel/http/problem';
import { notify, warn } from '@/ui/overlays/notify';
import { resetExceptions, sendWish } from './calls';
import { exceptionsOf, wishBack } from './wish';

/** Gives all pages of a person back to the role; the undo sets every exception again. */
export async function resetRow(
  row: AccessRow,
  t: ReturnType<typeof useTranslations<'people'>>,
  show: (row: AccessRow) => void,
): Promise<void> {
  try {
    show(await resetExceptions(row.id));
    notify(t('resetDone', { name: row.fullName }), { label: t('undo'), run: () => void again() });
  } catch (error) {
    failed(error);
  }

  async function again() {
    try {
      for (const page of exceptionsOf(row)) {
        const cell = row.cells[page];
        if (cell) show(await sendWish(row.id, page, wishBack(cell)));
      }
      notify(t('undone'));
    } catch (error) {
      failed(error);
    }
  }

  function failed(error: unknown) {
    if (!isProblem(error)) throw error;
    warn(t('resetFailed', { name: row.fullName }), error.message);
  }
}
