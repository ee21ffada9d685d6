import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useFormatter, useTranslations } from 'use-intl';
import { fetchFile } from '@/kernel/http/fetchFile';
import { isProblem } from '@/kernel/http/problem';
import type { MenuAction } from '@/ui/overlays/ActionMenu';
import { confirm } from '@/ui/overlays/ask';
import { notify, warn } from '@/ui/overlays/notify';
import { path, pin, refresh, remove, verify } from './api';
import type { Backup } from './contract';
import { useBackupName, useMayBackUp } from './words';

/** What can be done with a backup: download, verify, pin, delete; and the way into restoring. */
export function useBackupVerbs() {
  const t = useTranslations('backup');
  const { number } = useFormatter();
  const nameOf = useBackupName();
  const navigate = useNavigate();
  const mayWrite = useMayBackUp();
  return useMemo(() => {
    async function attempt(title: string, work: () => Promise<unknown>): Promise<boolean> {
      try {
        await work();
        return true;
      } catch (error) {
        if (!isProblem(error)) throw error;
        warn(title, error.message);
        return false;
      }
    }

    return {
      download: (backup: Backup) =>
        attempt(t('downloadFailed'), async () => {
          await fetchFile(`${path}/${backup.id}/link`);
          void refresh();
        }),
      verify: (backup: Backup) =>
        attempt(t('verifyFailed'), async () => {
          const found = await verify(backup.id);
          void refresh();
          if (found.intact) {
            notify(t('intact', { files: number(found.checkedFiles), rows: number(found.checkedRows) }));
          } else warn(t('broken'), found.problems.join(' '));
        }),
      pin: (backup: Backup) => attempt(t('pinFailed'), () => pin(backup.id, !backup.pinned)),
      async remove(backup: Backup): Promise<boolean> {
        const name = nameOf(backup);
        const yes = await confirm({
          title: t('deleteAsk', { name }),
          sentence: t('deleteSentence'),
          action: t('delete'),
          danger: true,
        });
        return yes && (await attempt(t('deleteFailed', { name }), () => remove(backup.id)));
      },
      actions(backup: Backup): MenuAction[] {
        const good = backup.status === 'succeeded';
        return [
          ...(good && mayWrite
            ? [{ id: 'restore', label: t('restore'), run: () => void navigate(`/backup/${backup.id}/restore`) }]
            : []),
          ...(good
            ? [
                { id: 'download', label: t('download'), run: () => void this.download(backup) },
                { id: 'verify', label: t('verify'), run: () => void this.verify(backup) },
              ]
            : []),
          ...(good && mayWrite
            ? [{ id: 'pin', label: t(backup.pinned ? 'unpin' : 'pin'), run: () => void this.pin(backup) }]
            : []),
          ...(mayWrite && backup.status !== 'running' && backup.status !== 'queued'
            ? [{ id: 'delete', label: t('delete'), danger: true, run: () => void this.remove(backup) }]
            : []),
        ];
      },
    };
  }, [t, number, nameOf, navigate, mayWrite]);
}
