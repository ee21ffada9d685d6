import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useLocale, useNow, useTimeZone, useTranslations } from 'use-intl';
import type { InterviewRow } from '@/api/types.gen';
import type { ListViewProps } from '@/kernel/records/noun';
import { mostRecords } from '@/kernel/records/useRecords';
import { useWords, valueWord } from '@/kernel/records/words';
import { Agenda } from '@/ui/calendar/Agenda';
import { CalendarBar } from '@/ui/calendar/CalendarBar';
import type { CalendarEvent, EventMove } from '@/ui/calendar/event';
import { LaneCalendar } from '@/ui/calendar/LaneCalendar';
import { MonthCalendar } from '@/ui/calendar/MonthCalendar';
import { useCalendarPlace } from '@/ui/calendar/place';
import { WeekCalendar } from '@/ui/calendar/WeekCalendar';
import { instantOf, wallOf } from '@/ui/calendar/wall';
import { classes } from '@/ui/classes';
import { useHotkeys } from '@/ui/hotkeys';
import { usePhone } from '@/ui/media';
import { EmptyState } from '@/ui/parts/EmptyState';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import { ToggleChip } from '@/ui/parts/ToggleChip';
import { availability } from './api';
import { laneKey, laneOf, lanesOf, tones } from './lanes';
import { useInterviewMoves } from './useInterviewMoves';
import { useInterviewsBetween } from './useInterviewsBetween';
import { busyParts } from './words';

/** Interviews where their time is: a week, a day with a lane for each interviewer, or a month. */
export default function InterviewCalendar(props: ListViewProps<InterviewRow>) {
  const { noun, canWrite, openedId } = props;
  const t = useTranslations('interviews');
  const words = useWords(noun);
  const zone = useTimeZone() ?? 'UTC';
  const locale = useLocale();
  const phone = usePhone();
  const navigate = useNavigate();
  const { search } = useLocation();
  const today = wallOf(useNow().getTime(), zone).day;
  const place = useCalendarPlace(today);
  const { span, day, days, lanes, go } = place;
  const from = instantOf({ day: days[0] ?? day, minute: 0 }, zone);
  const to = instantOf({ day: days.at(-1) ?? day, minute: 1440 }, zone);
  const found = useInterviewsBetween(noun, props.query, from, to);
  const { rows } = found;
  const byId = useMemo(() => new Map(rows.map(row => [row.id, row])), [rows]);
  const laned = span === 'day' && lanes && !phone;

  const events = useMemo(
    () =>
      rows.map(
        (row): CalendarEvent => ({
          id: row.id,
          title: row.candidateName,
          note: [
            laned ? null : row.interviewerName,
            row.interviewType && valueWord(words, 'interviewType', row.interviewType),
          ]
            .filter(Boolean)
            .join(' · '),
          start: Date.parse(row.scheduledAt),
          end: Date.parse(row.endsAt),
          tone: row.doubleBooked ? 'amber' : tones[row.status],
          state: row.doubleBooked ? t('doubleBooked') : valueWord(words, 'status', row.status),
          resource: laneKey(row),
          quiet: row.status === 'cancelled' || row.status === 'no_show',
          fixed: row.status !== 'scheduled',
        }),
      ),
    [rows, words, laned, t],
  );

  const moves = useInterviewMoves(noun, byId);
  const check = useCallback(
    async (move: EventMove, signal: AbortSignal) => {
      const row = byId.get(move.event.id);
      if (!row) return null;
      const { conflicts } = await availability(
        {
          candidateId: row.candidateId,
          scheduledAt: new Date(move.start).toISOString(),
          durationMins: Math.round((move.end - move.start) / 60_000),
          excludeId: row.id,
          ...laneOf(move.resource ?? laneKey(row)),
        },
        signal,
      );
      const [first] = conflicts;
      return first ? t('busy', busyParts(first, zone, locale)) : null;
    },
    [byId, t, zone, locale],
  );

  const create = (start: number, resource?: string) => {
    const params = new URLSearchParams(search);
    params.set('with.scheduledAt', new Date(start).toISOString());
    const lane = resource === undefined ? undefined : lanesOf(rows).find(one => one.id === resource);
    if (lane) {
      params.set('with.interviewerName', lane.name);
      const { interviewerUserId } = laneOf(lane.id);
      if (interviewerUserId) params.set('with.interviewerUserId', interviewerUserId);
    }
    void navigate({ pathname: `${noun.nav.path}/new`, search: params.toString() });
  };
  const open = (event: CalendarEvent) => {
    const row = byId.get(event.id);
    if (row) props.open(row);
  };

  useHotkeys([
    { keys: 't', label: t('today'), group: t('goTo'), run: () => go({ day: today }) },
    { keys: 'n', label: t('next'), group: t('goTo'), run: () => go({ by: 1 }) },
    { keys: 'p', label: t('previous'), group: t('goTo'), run: () => go({ by: -1 }) },
    { keys: 'd', label: t('day'), group: t('goTo'), run: () => go({ span: 'day' }) },
    { keys: 'w', label: t('week'), group: t('goTo'), run: () => go({ span: 'week' }) },
    { keys: 'm', label: t('month'), group: t('goTo'), run: () => go({ span: 'month' }) },
  ]);

  const shared = {
    label: t('withColumn', { days: place.title }),
    zone,
    events,
    onOpen: open,
    openedId,
    check,
    ...(canWrite
      ? { onMove: (move: EventMove) => void moves.move(move), onRefused: moves.refused, onCreate: create }
      : {}),
  };
  const lanesShown = laned ? lanesOf(rows) : [];
  return (
    <div className="flex h-full flex-col">
      <CalendarBar place={place} today={today} label={t('calendar')}>
        {span === 'day' && !phone && (
          <ToggleChip on={lanes} onPress={() => go({ lanes: !lanes })}>
            {t('lanes')}
          </ToggleChip>
        )}
      </CalendarBar>
      <div className={classes('min-h-0 flex-1', found.isPlaceholderData && 'opacity-60')}>
        {found.error ? (
          <ErrorState
            title={t('loadFailed')}
            sentence={found.error.message}
            traceId={found.error.traceId}
            onRetry={() => void found.refetch()}
          />
        ) : !found.data ? (
          <SkeletonRows />
        ) : span === 'month' ? (
          <MonthCalendar {...shared} today={today} day={day} onOpenDay={one => go({ span: 'day', day: one })} />
        ) : phone && span === 'week' ? (
          rows.length === 0 ? (
            <EmptyState title={t('noInterviews')} sentence={t('noInterviewsSentence')} />
          ) : (
            <Agenda {...shared} today={today} days={days} />
          )
        ) : span === 'week' ? (
          <WeekCalendar {...shared} day={day} />
        ) : lanesShown.length > 1 ? (
          <LaneCalendar {...shared} day={day} lanes={lanesShown} />
        ) : (
          <LaneCalendar
            {...shared}
            events={events.map(event => ({ ...event, resource: 'all' }))}
            onCreate={canWrite ? start => create(start) : undefined}
            onMove={canWrite ? move => void moves.move({ ...move, resource: undefined }) : undefined}
            check={(move, signal) => check({ ...move, resource: undefined }, signal)}
            day={day}
            lanes={[{ id: 'all', name: place.title }]}
          />
        )}
      </div>
      {(found.data?.total ?? 0) > mostRecords && (
        <p className="flex-none border-border border-t px-4 py-2 text-muted text-xs">
          {t('moreThanShown', { count: mostRecords })}
        </p>
      )}
    </div>
  );
}
