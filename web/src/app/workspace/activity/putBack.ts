import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import type { HistoryItem } from '@/api/types.gen';
import { isProblem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { queryClient } from '@/kernel/query';
import { refetch } from '@/kernel/records/changes';
import type { RecordRow } from '@/kernel/records/fields';
import type { Noun } from '@/kernel/records/noun';
import { notify, warn } from '@/ui/overlays/notify';
import type { AuditRow } from './trail';

/** Gives a field of a record the value it had before a change, by the record's own history. */
export function usePutBack(row: AuditRow, noun: Noun | undefined): (field: string) => Promise<void> {
  const t = useTranslations('activity');
  return useCallback(
    async field => {
      if (!noun || row.entityId === null) return;
      const record = `${noun.path}/${row.entityId}`;

      async function restore(changeId: string, current?: RecordRow) {
        const { version } = current ?? (await request<RecordRow>('GET', record));
        const next = await request<RecordRow>('POST', `${record}/history/${changeId}/restore`, {
          body: { fields: [field] },
          version,
        });
        if (noun) void refetch(noun);
        void queryClient.invalidateQueries({ queryKey: ['activity'] });
        return next;
      }

      try {
        const { items } = await request<{ items: HistoryItem[] }>('GET', `${record}/history`);
        const older = items[items.findIndex(item => item.id === row.id) + 1];
        if (!older) {
          warn(t('putBackFailed'), t('tooOld'));
          return;
        }
        const next = await restore(older.id);
        notify(t('putBackDone', { name: noun.title(next) }), {
          label: t('undo'),
          run: () => void restore(row.id, next).catch(failed),
        });
      } catch (error) {
        failed(error);
      }

      function failed(error: unknown) {
        if (!isProblem(error)) throw error;
        const why = error.sentence;
        warn(t('putBackFailed'), why);
      }
    },
    [noun, row, t],
  );
}
