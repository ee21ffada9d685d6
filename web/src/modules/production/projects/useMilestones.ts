import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { MilestoneRow, ProjectRow } from '@/api/types.gen';
import { useAllRecords } from '@/kernel/records/useRecords';
import { useAccess } from '@/kernel/session/useSession';
import type { CalendarEvent } from '@/ui/calendar/event';
import { dayNumber } from '@/ui/days';
import { milestones } from './parts';
import { isOpen } from './stages';

const length = 86_400_000;

/** Milestones of the projects that are shown, on the days that are, for those who may read them. */
export function useMilestones(
  projects: ReadonlyMap<string, ProjectRow>,
  days: readonly string[],
  wanted: boolean,
  today: string,
): readonly CalendarEvent[] {
  const t = useTranslations('production.projects');
  const can = useAccess();
  const query = { 'date.gte': days[0] ?? today, 'date.lte': days.at(-1) ?? today, sort: 'date' };
  const { data } = useAllRecords<MilestoneRow>(milestones, query, wanted && can('schedule'));
  const mayMove = can('schedule', 'write');
  return useMemo(
    () =>
      (wanted ? (data?.items ?? []) : []).flatMap((one): CalendarEvent[] => {
        const project = projects.get(one.projectId);
        if (!project) return [];
        const late = !one.doneAt && one.date < today && isOpen(project);
        return [
          {
            id: `${project.id} milestone ${one.id}`,
            title: `${one.name}: ${project.title}`,
            note: project.code,
            start: dayNumber(one.date) * length,
            end: (dayNumber(one.date) + 1) * length,
            allDay: true,
            tone: one.doneAt ? 'green' : late ? 'red' : 'violet',
            state: t(one.doneAt ? 'reached' : late ? 'late' : 'states.planned'),
            quiet: project.status === 'cancelled',
            fixed: one.doneAt !== null || !mayMove,
          },
        ];
      }),
    [data, projects, wanted, today, t, mayMove],
  );
}
