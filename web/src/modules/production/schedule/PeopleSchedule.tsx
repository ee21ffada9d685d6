import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useFormatter, useTranslations } from 'use-intl';
import type { TaskRow } from '@/api/types.gen';
import { mostRecords, useAllRecords } from '@/kernel/records/useRecords';
import { useAccess } from '@/kernel/session/useSession';
import { EmptyState } from '@/ui/parts/EmptyState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import type { TimelineLane, TimelineMove } from '@/ui/timeline/item';
import { rangeOf } from '@/ui/timeline/scale';
import { Timeline } from '@/ui/timeline/Timeline';
import { TimelineBar } from '@/ui/timeline/TimelineBar';
import { useTimelineView } from '@/ui/timeline/useTimelineView';
import { useWorkDay } from '@/ui/workDay';
import { LoadFailed } from '../LoadFailed';
import { tasks } from '../tasks/collection';
import { useWorkCalendar } from '../workCalendar';
import { personItems, readItemId, spanOf } from './items';
import { overloads, workDays } from './load';
import { useReschedule } from './useReschedule';

const nobody = 'nobody';

/** A lane for each student with open work: their tasks on all projects, and the days that hold more than a day. */
export function PeopleSchedule() {
  const t = useTranslations('production.schedule');
  const { number } = useFormatter();
  const today = useWorkDay();
  const navigate = useNavigate();
  const can = useAccess();
  const view = useTimelineView(today);
  const calendar = useWorkCalendar();
  const move = useReschedule();
  const found = useAllRecords<TaskRow>(tasks, { 'doneAt.null': 'true', sort: 'due' });
  const people = useMemo(() => byPerson(found.data?.items ?? []), [found.data]);
  const items = useMemo(() => people.flatMap(person => personItems(person.tasks, person.id)), [people]);
  const range = useMemo(() => rangeOf(items, today), [items, today]);
  const lanes = useMemo(() => {
    const isWorkDay = workDays(calendar.workWeek, calendar.holidays);
    return people.map((person): TimelineLane => {
      const work = person.tasks.flatMap(task => {
        const span = spanOf(task);
        return span ? [{ ...span, estimate: task.estimateMin }] : [];
      });
      const load = person.id === nobody ? [] : overloads(work, isWorkDay);
      const most = Math.max(0, ...load.map(one => one.part));
      return {
        id: person.id,
        name: person.id === nobody ? t('nobody') : person.name,
        hint: [
          t('taskCount', { count: person.tasks.length }),
          most > 1 && t('upTo', { part: number(most, { style: 'percent' }) }),
        ]
          .filter(Boolean)
          .join(' · '),
        load: load.map(one => ({ ...one, words: t('load', { part: number(one.part, { style: 'percent' }) }) })),
      };
    });
  }, [people, calendar, t, number]);

  return (
    <div className="flex h-full flex-col">
      <TimelineBar view={view} today={today} label={t('title')}>
        <span className="text-muted text-xs sm:truncate">{t('loadHelp')}</span>
      </TimelineBar>
      <div className="min-h-0 flex-1">
        {found.error && !found.data ? (
          <LoadFailed problem={found.error} retry={found.refetch} />
        ) : !found.data ? (
          <SkeletonRows />
        ) : people.length === 0 ? (
          <EmptyState title={t('noWork')} sentence={t('noWorkSentence')} />
        ) : (
          <Timeline
            label={t('peopleOverTime')}
            laneTitle={t('person')}
            range={range}
            zoom={view.zoom}
            today={today}
            goTo={view.goTo}
            lanes={lanes}
            items={items}
            workWeek={calendar.workWeek}
            holidays={calendar.holidays}
            onOpen={item => void navigate(`/tasks/${readItemId(item.id).id}`)}
            laneHref={lane => (can('students') && lane.id !== nobody ? `/students/${lane.id}` : undefined)}
            onMove={can('schedule', 'write') ? (next: TimelineMove) => void move(next) : undefined}
            check={({ start, end }) => {
              const off = calendar.dayOff(start) ?? calendar.dayOff(end);
              return off === null ? null : { level: 'warning', sentence: off };
            }}
          />
        )}
      </div>
      {(found.data?.total ?? 0) > mostRecords && (
        <p className="flex-none border-border border-t px-4 py-2 text-muted text-xs">{t('hasMore')}</p>
      )}
    </div>
  );
}

/** Tasks by who does them, by name; those of nobody last. A task of two lies in two lanes. */
function byPerson(rows: readonly TaskRow[]): { id: string; name: string; tasks: TaskRow[] }[] {
  const people = new Map<string, { id: string; name: string; tasks: TaskRow[] }>();
  const put = (id: string, name: string, task: TaskRow) => {
    const person = people.get(id);
    if (person) person.tasks.push(task);
    else people.set(id, { id, name, tasks: [task] });
  };
  for (const task of rows) {
    if (!spanOf(task)) continue;
    if (task.assigneeIds.length === 0) put(nobody, '', task);
    task.assigneeIds.forEach((id, place) => {
      put(id, task.assigneeNames[place] ?? '', task);
    });
  }
  return [...people.values()].sort(
    (a, b) => Number(a.id === nobody) - Number(b.id === nobody) || a.name.localeCompare(b.name),
  );
}
