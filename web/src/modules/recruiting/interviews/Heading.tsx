import ArrowDownTray from '@heroicons/react/16/solid/ArrowDownTrayIcon';
import ArrowPath from '@heroicons/react/16/solid/ArrowPathIcon';
import CalendarDays from '@heroicons/react/16/solid/CalendarDaysIcon';
import Check from '@heroicons/react/16/solid/CheckIcon';
import Play from '@heroicons/react/16/solid/PlayIcon';
import VideoCamera from '@heroicons/react/16/solid/VideoCameraIcon';
import { Button } from '@heroui/react/button';
import { Link } from 'react-router';
import { useLocale, useNow, useTimeZone, useTranslations } from 'use-intl';
import type { InterviewRow, InterviewStatus } from '@/api/types.gen';
import { download } from '@/kernel/http/download';
import { refetch, showRow } from '@/kernel/records/changes';
import { FieldValue } from '@/kernel/records/FieldValue';
import type { RecordRow } from '@/kernel/records/fields';
import type { RecordPartProps } from '@/kernel/records/noun';
import { useVerbs } from '@/kernel/records/useVerbs';
import { useAccess, useMe } from '@/kernel/session/useSession';
import { writeZone } from '@/ui/fields/ZoneInput';
import { notify } from '@/ui/overlays/notify';
import { Moment } from '@/ui/parts/Moment';
import { StateDot } from '@/ui/parts/StateDot';
import { writeMoment } from '@/ui/time';
import { useIsManager } from './Availability';
import { move, reschedule } from './api';
import { askReason, askTime } from './questions';
import { Verdict } from './Verdict';
import { elsewhere } from './words';

const noShowWait = 10 * 60_000;

/** State and time of an interview, what can be done with it now, and its verdict. */
export default function InterviewHeading({ noun, row, canWrite }: RecordPartProps<InterviewRow>) {
  const t = useTranslations('interviews');
  const zone = useTimeZone() ?? 'UTC';
  const locale = useLocale();
  const { tenant } = useMe();
  const can = useAccess();
  const manager = useIsManager();
  const verbs = useVerbs(noun);
  const now = useNow({ updateInterval: 30_000 }).getTime();
  const open = row.status === 'scheduled' || row.status === 'in_progress';
  const other = row.timeZone ?? tenant.timeZone;
  const there = elsewhere(row.scheduledAt, zone, other, locale);

  const go = (status: InterviewStatus, reason: string | null = null) =>
    verbs.run(
      async () => showRow(noun, (await move(row, status, reason)) as unknown as RecordRow),
      t('moveFailed'),
      t(`moved.${status}`),
    );

  async function cancel() {
    const wording = {
      title: t('cancelTitle', { name: row.candidateName }),
      sentence: t('cancelSentence'),
      action: t('cancel'),
      danger: true,
    };
    const answer = await askReason(wording, true);
    if (answer) await go('cancelled', answer.reason);
  }

  async function reopen() {
    const wording = {
      title: t('reopenTitle', { name: row.candidateName }),
      sentence: t('reopenSentence'),
      action: t('reopen'),
    };
    const answer = await askReason(wording, true);
    if (answer) await go('scheduled', answer.reason);
  }

  async function changeTime() {
    const next = await askTime(row);
    if (!next) return;
    const show = (moved: InterviewRow) => {
      showRow(noun, moved as unknown as RecordRow);
      void refetch(noun);
    };
    show(next);
    notify(
      t('rescheduled', {
        name: row.candidateName,
        when: writeMoment(next.scheduledAt, Date.now(), zone, locale, true, 'within'),
      }),
      {
        label: t('undo'),
        run: () =>
          void verbs.run(
            async () =>
              show(await reschedule(row.id, { scheduledAt: row.scheduledAt, durationMins: row.durationMins })),
            t('moveFailed'),
            t('undone'),
          ),
      },
    );
  }

  return (
    <div className="mt-2 flex flex-col gap-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <FieldValue noun={noun} name="status" value={row.status} />
        <span className="tabular-nums">
          <Moment at={row.scheduledAt} /> · {t('length', { count: row.durationMins })}
        </span>
        {there !== null && (
          <span className="text-muted">{t('otherZones', { time: there, zone: writeZone(other) })}</span>
        )}
        {row.doubleBooked && <StateDot tone="amber">{t('doubleBooked')}</StateDot>}
      </p>
      {(row.candidatePosition || can('candidates')) && (
        <p className="flex flex-wrap gap-x-3 text-sm">
          {row.candidatePosition}
          {can('candidates') && (
            <Link to={`/candidates/${row.candidateId}`} className="text-link hover:underline">
              {t('openCandidate')}
            </Link>
          )}
        </p>
      )}
      {row.cancelledReason && row.status === 'cancelled' && (
        <p className="break-words text-muted text-sm">“{row.cancelledReason}”</p>
      )}
      <div className="flex flex-wrap gap-2">
        {canWrite && row.status === 'scheduled' && (
          <Button size="sm" onPress={() => void go('in_progress')}>
            <Play />
            {t('start')}
          </Button>
        )}
        {canWrite && row.status === 'in_progress' && (
          <Button size="sm" onPress={() => void go('completed')}>
            <Check />
            {t('complete')}
          </Button>
        )}
        {row.joinUrl && open && /^https?:\/\//i.test(row.joinUrl) && (
          <a href={row.joinUrl} target="_blank" rel="noreferrer" className="button button--outline button--sm">
            <VideoCamera className="size-4" />
            {t('join')}
          </a>
        )}
        {canWrite && open && (
          <Button size="sm" variant="outline" onPress={() => void changeTime()}>
            <CalendarDays />
            {t('reschedule')}
          </Button>
        )}
        {canWrite && row.status === 'scheduled' && now >= Date.parse(row.scheduledAt) + noShowWait && (
          <Button size="sm" variant="outline" onPress={() => void go('no_show')}>
            {t('noShow')}
          </Button>
        )}
        {canWrite && open && (
          <Button size="sm" variant="outline" onPress={() => void cancel()}>
            {t('cancel')}
          </Button>
        )}
        {canWrite && !open && manager && (
          <Button size="sm" variant="outline" onPress={() => void reopen()}>
            <ArrowPath />
            {t('reopen')}
          </Button>
        )}
        <Button
          size="sm"
          variant="ghost"
          onPress={() =>
            void verbs.run(() => download(`${noun.path}/${row.id}/ics`, 'interview.ics'), t('calendarFailed'))
          }
        >
          <ArrowDownTray />
          {t('calendarFile')}
        </Button>
      </div>
      {(row.status === 'in_progress' || row.status === 'completed') && (
        <Verdict row={row} canWrite={canWrite} save={change => verbs.change(row as unknown as RecordRow, change)} />
      )}
    </div>
  );
}
