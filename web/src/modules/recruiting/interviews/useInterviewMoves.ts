import { useMemo } from 'react';
import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import type { InterviewRow } from '@/api/types.gen';
import { isProblem } from '@/kernel/http/problem';
import { refetch, showRow } from '@/kernel/records/changes';
import type { RecordRow } from '@/kernel/records/fields';
import type { Noun } from '@/kernel/records/noun';
import type { EventMove } from '@/ui/calendar/event';
import { confirm } from '@/ui/overlays/ask';
import { notify, warn } from '@/ui/overlays/notify';
import { writeMoment } from '@/ui/time';
import { useIsManager } from './Availability';
import { reschedule } from './api';
import { laneKey, laneOf } from './lanes';

/** Moving interviews on the calendar: shown at once, with a way back; a refusal slides the block back and says why. */
export function useInterviewMoves(noun: Noun, rows: ReadonlyMap<string, InterviewRow>) {
  const t = useTranslations('interviews');
  const zone = useTimeZone() ?? 'UTC';
  const locale = useLocale();
  const manager = useIsManager();
  return useMemo(() => {
    const show = (row: InterviewRow) => showRow(noun, row as unknown as RecordRow);

    async function put(row: InterviewRow, next: InterviewRow, twice: boolean): Promise<boolean> {
      show(next);
      try {
        const interviewer = laneKey(next) === laneKey(row) ? {} : laneOf(laneKey(next));
        const { scheduledAt, durationMins } = next;
        show(await reschedule(row.id, { scheduledAt, durationMins, allowDoubleBooking: twice, ...interviewer }));
        return true;
      } catch (error) {
        show(row);
        if (!isProblem(error)) throw error;
        if (error.code === 'booking_conflict') return refusedBy(row, next, error.message);
        warn(t('notMoved', { name: row.candidateName }), error.sentence);
        return false;
      } finally {
        void refetch(noun);
      }
    }

    /** Managers may book twice, knowingly; the others are told who is in the way. */
    async function refusedBy(row: InterviewRow, next: InterviewRow, why: string): Promise<boolean> {
      if (!manager) {
        warn(t('notMoved', { name: row.candidateName }), why);
        return false;
      }
      const yes = await confirm({ title: t('bookTwiceTitle'), sentence: why, action: t('bookAnyway') });
      return yes && (await put(row, next, true));
    }

    function target(row: InterviewRow, move: EventMove): InterviewRow {
      const lane = move.resource === undefined ? laneKey(row) : move.resource;
      const other = lane === laneKey(row) ? null : laneOf(lane);
      const known = other?.interviewerUserId
        ? [...rows.values()].find(one => one.interviewerUserId === other.interviewerUserId)
        : undefined;
      return {
        ...row,
        scheduledAt: new Date(move.start).toISOString(),
        endsAt: new Date(move.end).toISOString(),
        durationMins: Math.min(480, Math.round((move.end - move.start) / 60_000)),
        ...(other
          ? {
              interviewerUserId: other.interviewerUserId ?? null,
              interviewerName: known?.interviewerName ?? other.interviewerName ?? row.interviewerName,
            }
          : {}),
      };
    }

    async function done(row: InterviewRow, next: InterviewRow, worked: Promise<boolean>) {
      if (!(await worked)) return;
      notify(
        t('rescheduled', {
          name: row.candidateName,
          when: writeMoment(next.scheduledAt, Date.now(), zone, locale, true, 'within'),
        }),
        {
          label: t('undo'),
          run: () => void put(next, row, row.doubleBooked && manager).then(back => back && notify(t('undone'))),
        },
      );
    }

    return {
      move: async (move: EventMove) => {
        const row = rows.get(move.event.id);
        if (!row) return;
        const next = target(row, move);
        await done(row, next, put(row, next, false));
      },
      refused: (move: EventMove, why: string) => {
        const row = rows.get(move.event.id);
        if (!row) return;
        const next = target(row, move);
        void done(row, next, refusedBy(row, next, why));
      },
    };
  }, [noun, rows, t, zone, locale, manager]);
}
