import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useTranslations } from 'use-intl';
import type { ProjectRow } from '@/api/types.gen';
import type { ListViewProps } from '@/kernel/records/noun';
import { useAllRecords } from '@/kernel/records/useRecords';
import { Agenda } from '@/ui/calendar/Agenda';
import { CalendarBar } from '@/ui/calendar/CalendarBar';
import type { CalendarEvent, EventMove } from '@/ui/calendar/event';
import { MonthCalendar } from '@/ui/calendar/MonthCalendar';
import { useCalendarPlace } from '@/ui/calendar/place';
import { classes } from '@/ui/classes';
import { dayAt, dayNumber, shiftDay } from '@/ui/days';
import { usePhone } from '@/ui/media';
import { warn } from '@/ui/overlays/notify';
import { EmptyState } from '@/ui/parts/EmptyState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import { ToggleChip } from '@/ui/parts/ToggleChip';
import { useWorkDay } from '@/ui/workDay';
import { LoadFailed } from '../LoadFailed';
import { milestoneItem } from '../schedule/items';
import { useReschedule } from '../schedule/useReschedule';
import { useWorkCalendar } from '../workCalendar';
import { type Kind, kinds, readKinds, toggled } from './calendarKinds';
import { projects } from './collection';
import { firstDay, lastDay, obstacle, planned as plannedOn, stages, stateOf, toneOf } from './stages';
import { useMilestones } from './useMilestones';
import { useSetDates } from './useSetDates';

const spans = ['week', 'month'] as const;
const length = 86_400_000;

/** Shoots, grades, mixes, deliveries and milestones on their days, as many kinds as the address asks for. Dates belong to no zone, so the sheet is drawn in none. */
export default function ProjectCalendar(props: ListViewProps<ProjectRow>) {
  const t = useTranslations('production.projects');
  const today = useWorkDay();
  const phone = usePhone();
  const place = useCalendarPlace(today, phone ? 'week' : 'month');
  const calendar = useWorkCalendar();
  const setDates = useSetDates();
  const reschedule = useReschedule();
  const found = useAllRecords<ProjectRow>(projects, props.query);
  const rows = useMemo(() => found.data?.items ?? [], [found.data]);
  const byId = useMemo(() => new Map(rows.map(row => [row.id, row])), [rows]);
  const [params, setParams] = useSearchParams();
  const shown = useMemo(() => readKinds(params.get('kinds')), [params]);
  const dated = useMilestones(byId, place.days, shown.has('milestone'), today);
  const events = useMemo(() => {
    const week = shiftDay(today, 7);
    const planned = rows.flatMap(row =>
      stages.flatMap((stage): CalendarEvent[] => {
        if (!shown.has(stage)) return [];
        const plan = plannedOn(row, stage);
        const state = stateOf(row, stage, today, week);
        if (!plan || state === 'none') return [];
        return [
          {
            id: `${row.id} ${stage}`,
            title: `${t(`stages.${stage}`)}: ${row.title}`,
            note: row.code,
            start: dayNumber(plan.start) * length,
            end: (dayNumber(plan.end) + 1) * length,
            allDay: true,
            tone: toneOf[state],
            state: t(`states.${state}`),
            quiet: row.status === 'cancelled',
            fixed: state === 'done',
          },
        ];
      }),
    );
    return [...planned, ...dated];
  }, [rows, today, t, shown, dated]);

  function onMove({ event, start, end }: EventMove) {
    const [id = '', stage, milestone] = event.id.split(' ') as [string, Kind, string];
    const row = byId.get(id);
    if (!row) return;
    const to = { start: dayAt(start / length), end: dayAt(end / length - 1) };
    if (stage === 'milestone') {
      const on = { start: dayAt(event.start / length), end: dayAt(event.end / length - 1) };
      return void reschedule({ item: milestoneItem(id, milestone, event.title, on), ...to });
    }
    const against = obstacle(one => plannedOn(row, one), stage, to, calendar.dayOff, {
      afterDelivery: one => t('afterDelivery', { stage: t(`stages.${one}`) }),
      beforeShoot: one => t('beforeShoot', { stage: t(`stages.${one}`) }),
    });
    if (against?.level === 'refusal') return warn(t('notMoved', { name: event.title }), against.sentence);
    const last = to.end === to.start ? null : to.end;
    void setDates([{ row, fields: { [firstDay(stage)]: to.start, [lastDay(stage)]: last } }]);
  }

  const toggle = (kind: Kind) =>
    setParams(
      before => {
        const text = toggled(shown, kind);
        if (text === null) before.delete('kinds');
        else before.set('kinds', text);
        return before;
      },
      { replace: true, preventScrollReset: true },
    );

  const open = (event: CalendarEvent) => {
    const row = byId.get(event.id.split(' ')[0] ?? '');
    if (row) props.open(row);
  };
  const shared = { label: place.title, zone: 'UTC', today, events, onOpen: open };
  return (
    <div className="flex h-full flex-col">
      <CalendarBar place={place} today={today} label={t('calendar')} offered={spans}>
        <fieldset aria-label={t('kinds')} className="calendar-kinds">
          {kinds.map(kind => (
            <ToggleChip key={kind} quiet on={shown.has(kind)} onPress={() => toggle(kind)}>
              {kind === 'milestone' ? t('milestone') : t(`stages.${kind}`)}
            </ToggleChip>
          ))}
        </fieldset>
      </CalendarBar>
      <div className={classes('min-h-0 flex-1', found.isPlaceholderData && 'opacity-60')}>
        {found.error && !found.data ? (
          <LoadFailed problem={found.error} retry={found.refetch} />
        ) : !found.data ? (
          <SkeletonRows />
        ) : place.span === 'month' ? (
          <MonthCalendar
            {...shared}
            day={place.day}
            most={phone ? 3 : 4}
            onOpenDay={day => place.go({ span: 'week', day })}
            {...(props.canWrite ? { onMove } : {})}
          />
        ) : events.some(event =>
            place.days.some(day => event.start <= dayNumber(day) * length && event.end > dayNumber(day) * length),
          ) ? (
          <Agenda {...shared} days={place.days} />
        ) : (
          <EmptyState title={t('noDates')} sentence={t('noDatesSentence')} />
        )}
      </div>
    </div>
  );
}
