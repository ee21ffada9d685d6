import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useTranslations } from 'use-intl';
import type { ProjectStatus, TimelineView } from '@/api/types.gen';
import type { Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { follows } from '@/kernel/records/follow';
import { useAccess } from '@/kernel/session/useSession';
import { shiftDay } from '@/ui/days';
import { warn } from '@/ui/overlays/notify';
import { EmptyState } from '@/ui/parts/EmptyState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import { ToggleChip } from '@/ui/parts/ToggleChip';
import type { Obstacle, TimelineLane, TimelineMove } from '@/ui/timeline/item';
import { rangeOf } from '@/ui/timeline/scale';
import { Timeline } from '@/ui/timeline/Timeline';
import { TimelineBar } from '@/ui/timeline/TimelineBar';
import { useTimelineView } from '@/ui/timeline/useTimelineView';
import { useWorkDay } from '@/ui/workDay';
import { LoadFailed } from '../LoadFailed';
import { obstacle, planOf, type Stage } from '../projects/stages';
import { useWorkCalendar } from '../workCalendar';
import { projectItems, readItemId } from './items';
import { scheduleKey, useReschedule } from './useReschedule';

const closed: ReadonlySet<ProjectStatus> = new Set(['delivered', 'archived', 'cancelled']);

/** A lane for each project: its stages, its milestones, and its tasks when they are wanted. */
export function ProjectSchedule() {
  const t = useTranslations('production.schedule');
  const p = useTranslations('production.projects');
  const today = useWorkDay();
  const navigate = useNavigate();
  const can = useAccess();
  const [params, setParams] = useSearchParams();
  const view = useTimelineView(today);
  const calendar = useWorkCalendar();
  const move = useReschedule();
  const withTasks = params.get('tasks') === 'on';
  const all = params.get('all') === 'on';
  const query = { from: shiftDay(today, -365), to: shiftDay(today, 540) };
  const found = useQuery<TimelineView, Problem>({
    queryKey: [...scheduleKey, 'projects', query],
    queryFn: ({ signal }) => request('GET', '/api/v1/production/schedule/timeline', { query, signal }),
    placeholderData: keepPreviousData,
    meta: follows('projects', 'milestones', 'tasks', 'crew'),
  });
  const rows = useMemo(
    () => (found.data?.projects ?? []).filter(row => all || !closed.has(row.status)),
    [found.data, all],
  );
  const items = useMemo(() => {
    const words = {
      stage: (stage: Stage) => p(`stages.${stage}`),
      state: (state: 'done' | 'planned' | 'overdue') => p(`states.${state}`),
    };
    return rows.flatMap(row => projectItems(row, withTasks, words));
  }, [rows, withTasks, p]);
  const range = useMemo(() => rangeOf(items, today), [items, today]);
  const lanes = useMemo(
    () =>
      rows.map(
        (row): TimelineLane => ({
          id: row.id,
          name: row.title,
          hint: [row.code, row.overdue && p('late')].filter(Boolean).join(' · '),
        }),
      ),
    [rows, p],
  );
  const check = useCallback(
    ({ item, start, end }: TimelineMove): Obstacle | null => {
      const { kind, lane, id } = readItemId(item.id);
      const row = rows.find(one => one.id === lane);
      if (kind === 'stage' && row)
        return obstacle(planOf(row.stages), id as Stage, { start, end }, calendar.dayOff, {
          afterDelivery: stage => p('afterDelivery', { stage: p(`stages.${stage}`) }),
          beforeShoot: stage => p('beforeShoot', { stage: p(`stages.${stage}`) }),
        });
      const off = calendar.dayOff(start) ?? calendar.dayOff(end);
      const delivery = row?.stages.find(cell => cell.stage === 'delivery');
      const last = delivery?.endDate ?? delivery?.date;
      if (last && end > last) return { level: 'warning', sentence: t('afterDelivery') };
      return off === null ? null : { level: 'warning', sentence: off };
    },
    [rows, calendar, p, t],
  );

  const toggle = (name: string) =>
    setParams(
      before => {
        if (before.get(name) === 'on') before.delete(name);
        else before.set(name, 'on');
        return before;
      },
      { replace: true },
    );
  const bar = (
    <TimelineBar view={view} today={today} label={t('title')}>
      <ToggleChip on={withTasks} onPress={() => toggle('tasks')}>
        {t('tasks')}
      </ToggleChip>
      <ToggleChip on={all} onPress={() => toggle('all')}>
        {t('closed')}
      </ToggleChip>
    </TimelineBar>
  );
  return (
    <div className="flex h-full flex-col">
      {bar}
      <div className="min-h-0 flex-1">
        {found.error && !found.data ? (
          <LoadFailed problem={found.error} retry={found.refetch} />
        ) : !found.data ? (
          <SkeletonRows />
        ) : rows.length === 0 ? (
          <EmptyState title={t('empty')} sentence={t('emptySentence')} />
        ) : (
          <Timeline
            label={t('projectsOverTime')}
            laneTitle={p('project')}
            range={range}
            zoom={view.zoom}
            today={today}
            goTo={view.goTo}
            lanes={lanes}
            items={items}
            workWeek={calendar.workWeek}
            holidays={calendar.holidays}
            onOpen={item => {
              const { kind, lane, id } = readItemId(item.id);
              void navigate(kind === 'task' ? `/tasks/${id}` : `/projects/${lane}`);
            }}
            laneHref={lane => `/projects/${lane.id}`}
            onOpenLane={lane => void navigate(`/projects/${lane.id}`)}
            onMove={
              can('schedule', 'write') && can('projects', 'write') ? (next: TimelineMove) => void move(next) : undefined
            }
            check={check}
            onRefused={(next, sentence) => warn(t('notMoved', { name: next.item.title }), sentence)}
          />
        )}
      </div>
      {found.data?.hasMore && (
        <p className="flex-none border-border border-t px-4 py-2 text-muted text-xs">{t('hasMore')}</p>
      )}
    </div>
  );
}
