import { useCallback, useMemo } from 'react';
import { useLocation } from 'react-router';
import { useTranslations } from 'use-intl';
import type { ProjectRow } from '@/api/types.gen';
import { writeListState } from '@/kernel/list/listState';
import type { ListViewProps } from '@/kernel/records/noun';
import { useAllRecords } from '@/kernel/records/useRecords';
import { shiftDay } from '@/ui/days';
import { warn } from '@/ui/overlays/notify';
import { EmptyState } from '@/ui/parts/EmptyState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import type { TimelineItem, TimelineLane, TimelineMove } from '@/ui/timeline/item';
import { rangeOf } from '@/ui/timeline/scale';
import { Timeline } from '@/ui/timeline/Timeline';
import { TimelineBar } from '@/ui/timeline/TimelineBar';
import { useTimelineView } from '@/ui/timeline/useTimelineView';
import { useWorkDay } from '@/ui/workDay';
import { LoadFailed } from '../LoadFailed';
import { useWorkCalendar } from '../workCalendar';
import { projects } from './collection';
import { doneOn, firstDay, lastDay, obstacle, openFirst, planned, type Stage, stages, stateOf, toneOf } from './stages';
import { useSetDates } from './useSetDates';

/** Projects over time: what is planned can be dragged, what is done stays where it happened, under its plan. */
export default function ProjectTimeline(props: ListViewProps<ProjectRow>) {
  const t = useTranslations('production.projects');
  const today = useWorkDay();
  const { search } = useLocation();
  const view = useTimelineView(today);
  const calendar = useWorkCalendar();
  const setDates = useSetDates();
  const found = useAllRecords<ProjectRow>(projects, props.query);
  const sorted = writeListState(props.state, props.noun.shape).has('sort');
  const rows = useMemo(() => {
    const items = found.data?.items ?? [];
    return sorted ? items : openFirst(items);
  }, [found.data, sorted]);
  const byId = useMemo(() => new Map(rows.map(row => [row.id, row])), [rows]);
  const items = useItems(rows, today, t);
  const range = useMemo(() => rangeOf(items, today), [items, today]);
  const lanes = useMemo(
    () => rows.map((row): TimelineLane => ({ id: row.id, name: row.title, hint: row.code })),
    [rows],
  );

  const say = useMemo(
    () => ({
      afterDelivery: (stage: Stage) => t('afterDelivery', { stage: t(`stages.${stage}`) }),
      beforeShoot: (stage: Stage) => t('beforeShoot', { stage: t(`stages.${stage}`) }),
    }),
    [t],
  );
  const check = useCallback(
    ({ item, start, end }: TimelineMove) => {
      const row = byId.get(item.lane);
      return row ? obstacle(one => planned(row, one), stageOf(item), { start, end }, calendar.dayOff, say) : null;
    },
    [byId, calendar, say],
  );
  const onMove = ({ item, start, end }: TimelineMove) => {
    const row = byId.get(item.lane);
    const stage = stageOf(item);
    if (row)
      void setDates([{ row, fields: { [firstDay(stage)]: start, [lastDay(stage)]: end === start ? null : end } }]);
  };
  const open = (id: string) => {
    const row = byId.get(id);
    if (row) props.open(row);
  };

  if (!found.data) {
    return found.error ? <LoadFailed problem={found.error} retry={found.refetch} /> : <SkeletonRows />;
  }
  if (rows.length === 0) return <EmptyState title={t('gridEmpty')} sentence={t('gridEmptySentence')} />;
  return (
    <div className="relative flex h-full flex-col">
      <TimelineBar view={view} today={today} label={t('timeline')} />
      <div className="min-h-0 flex-1">
        <Timeline
          label={t('timeline')}
          laneTitle={t('project')}
          range={range}
          zoom={view.zoom}
          today={today}
          goTo={view.goTo}
          lanes={lanes}
          items={items}
          workWeek={calendar.workWeek}
          holidays={calendar.holidays}
          onOpen={item => open(item.lane)}
          laneHref={lane => `/projects/${lane.id}${search}`}
          onOpenLane={lane => open(lane.id)}
          onMove={props.canWrite ? onMove : undefined}
          check={check}
          onRefused={(move, sentence) => warn(t('notMoved', { name: move.item.title }), sentence)}
        />
      </div>
    </div>
  );
}

const stageOf = (item: TimelineItem) => item.id.split(' ')[1] as Stage;

function useItems(
  rows: readonly ProjectRow[],
  today: string,
  t: ReturnType<typeof useTranslations<'production.projects'>>,
) {
  return useMemo(() => {
    const week = shiftDay(today, 7);
    return rows.flatMap(row =>
      stages.flatMap((stage): TimelineItem[] => {
        const plan = planned(row, stage);
        const done = doneOn(row, stage);
        const span = done === null ? plan : { start: done, end: done };
        const state = stateOf(row, stage, today, week);
        if (!span || state === 'none') return [];
        return [
          {
            id: `${row.id} ${stage}`,
            lane: row.id,
            kind: span.start === span.end ? 'milestone' : 'bar',
            title: t(`stages.${stage}`),
            tone: toneOf[state],
            state: t(`states.${state}`),
            ...span,
            ...(done !== null && plan && plan.end !== done ? { plan } : {}),
            fixed: done !== null,
            quiet: row.status === 'cancelled',
          },
        ];
      }),
    );
  }, [rows, today, t]);
}
