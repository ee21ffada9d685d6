import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { isProblem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { queryClient } from '@/kernel/query';
import { refetch } from '@/kernel/records/changes';
import { notify, warn } from '@/ui/overlays/notify';
import type { Span, TimelineMove } from '@/ui/timeline/item';
import { projects } from '../projects/collection';
import { milestones } from '../projects/parts';
import { tasks } from '../tasks/collection';
import { readItemId } from './items';

/** Query key of what the schedule shows; everything on it changes together. */
export const scheduleKey = ['records', 'schedule'] as const;

const nouns = { stage: projects, milestone: milestones, task: tasks } as const;

/** Puts what was dragged on other days, with a way back; a refusal says why. */
export function useReschedule() {
  const t = useTranslations('production.schedule');
  const c = useTranslations('production.common');
  return useMemo(() => {
    async function put(itemId: string, title: string, to: Span): Promise<boolean> {
      const { kind, lane, id } = readItemId(itemId);
      const noun = nouns[kind];
      const end = to.end === to.start ? null : to.end;
      try {
        if (kind === 'stage')
          await request('POST', `${noun.path}/${lane}/reschedule`, {
            body: { stage: id, date: to.start, endDate: end },
          });
        else if (kind === 'milestone')
          await request('POST', `${noun.path}/${id}/reschedule`, { body: { date: to.start } });
        else await request('POST', `${noun.path}/${id}/reschedule`, { body: { start: to.start, due: to.end } });
        return true;
      } catch (error) {
        if (!isProblem(error)) throw error;
        warn(t('notMoved', { name: title }), error.sentence);
        return false;
      } finally {
        void refetch(noun);
        await queryClient.invalidateQueries({ queryKey: scheduleKey });
      }
    }

    return async ({ item, start, end }: TimelineMove) => {
      if (!(await put(item.id, item.title, { start, end }))) return;
      notify(t('moved', { name: item.title }), {
        label: c('undo'),
        run: () => void put(item.id, item.title, item).then(back => back && notify(c('undone'))),
      });
    };
  }, [t, c]);
}
