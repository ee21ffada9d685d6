import ArrowLeft from '@heroicons/react/16/solid/ArrowLeftIcon';
import CheckCircle from '@heroicons/react/16/solid/CheckCircleIcon';
import LockClosed from '@heroicons/react/16/solid/LockClosedIcon';
import { Button } from '@heroui/react/button';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import type { ScheduleDifference, ScheduleVersionRow } from '@/api/types.gen';
import { isProblem, type Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { queryClient } from '@/kernel/query';
import { refetch } from '@/kernel/records/changes';
import { FieldValue } from '@/kernel/records/FieldValue';
import { follows } from '@/kernel/records/follow';
import { recordKeys } from '@/kernel/records/keys';
import { useRecord } from '@/kernel/records/useRecords';
import { useAccess } from '@/kernel/session/useSession';
import { confirm } from '@/ui/overlays/ask';
import { notify, warn } from '@/ui/overlays/notify';
import { EmptyState } from '@/ui/parts/EmptyState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import type { Span, TimelineItem, TimelineLane, TimelineMove } from '@/ui/timeline/item';
import { rangeOf } from '@/ui/timeline/scale';
import { Timeline } from '@/ui/timeline/Timeline';
import { TimelineBar } from '@/ui/timeline/TimelineBar';
import { useTimelineView } from '@/ui/timeline/useTimelineView';
import { useWorkDay } from '@/ui/workDay';
import { LoadFailed } from '../LoadFailed';
import { projects } from '../projects/collection';
import { milestones } from '../projects/parts';
import versions from '../schedule-versions.noun';
import { tasks } from '../tasks/collection';
import { useWorkCalendar } from '../workCalendar';
import { scheduleKey } from './useReschedule';

type Items = { items: ScheduleDifference[] };

/** Another plan of a project beside the one that counts: moved freely, then agreed, then applied. */
export function DraftSchedule({ id }: { id: string }) {
  const version = useRecord<ScheduleVersionRow>(versions, id);
  const key = [...recordKeys.noun(versions.key), 'compare', id] as const;
  const entries = useQuery<Items, Problem>({
    queryKey: key,
    queryFn: ({ signal }) => request('GET', `${versions.path}/${id}/compare`, { signal }),
    // It is compared with the plan that counts.
    meta: follows('projects', 'milestones', 'tasks'),
  });
  const problem = version.error ?? entries.error;
  if (problem && !(version.data && entries.data))
    return <LoadFailed problem={problem} retry={() => Promise.all([version.refetch(), entries.refetch()])} />;
  if (!version.data || !entries.data) return <SkeletonRows />;
  return <Draft version={version.data} entries={entries.data.items} queryKey={key} />;
}

function Draft(props: {
  version: ScheduleVersionRow;
  entries: readonly ScheduleDifference[];
  queryKey: readonly unknown[];
}) {
  const { version, entries } = props;
  const t = useTranslations('production.schedule');
  const s = useTranslations('production.projects.stages');
  const c = useTranslations('production.common');
  const today = useWorkDay();
  const navigate = useNavigate();
  const can = useAccess();
  const calendar = useWorkCalendar();
  const first = entries.map(entry => entry.start).sort()[0] ?? today;
  const view = useTimelineView(first);
  const may = can('schedule', 'write');
  const changed = entries.filter(entry => entry.changed && !entry.isGone).length;

  const lanes = useMemo(
    () =>
      entries.map(
        (entry): TimelineLane => ({
          id: entry.id,
          name: entry.stage ? s(entry.stage) : entry.name,
          hint: entry.isGone
            ? t('gone')
            : entry.shiftDays
              ? t('shifted', { days: entry.shiftDays })
              : t(entry.changed ? 'otherLength' : 'same'),
        }),
      ),
    [entries, t, s],
  );
  const items = useMemo(
    () =>
      entries.map((entry): TimelineItem => {
        const span: Span = { start: entry.start, end: entry.end ?? entry.start };
        const today: Span | null = entry.currentStart
          ? { start: entry.currentStart, end: entry.currentEnd ?? entry.currentStart }
          : null;
        return {
          id: entry.id,
          lane: entry.id,
          kind: span.start === span.end ? 'milestone' : 'bar',
          title: entry.stage ? s(entry.stage) : entry.name,
          tone: entry.isGone ? 'grey' : entry.changed ? 'violet' : 'grey',
          state: t(entry.isGone ? 'gone' : entry.changed ? 'moves' : 'same'),
          ...span,
          ...(entry.changed && today ? { plan: today } : {}),
          quiet: entry.isGone,
          fixed: entry.isGone || version.status !== 'draft',
        };
      }),
    [entries, version.status, t, s],
  );
  const range = useMemo(
    () =>
      rangeOf(
        items.flatMap(item => (item.plan ? [item, item.plan] : [item])),
        first,
      ),
    [items, first],
  );

  async function send(work: () => Promise<unknown>, failed: string): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(failed, error.sentence);
      return false;
    } finally {
      void refetch(versions);
    }
  }

  async function move({ item, start, end }: TimelineMove | (Span & { item: TimelineItem }), undo = true) {
    const body = { entryId: item.id, start, end: end === start ? null : end };
    const done = await send(
      async () => {
        const next = await request<Items>('POST', `${versions.path}/${version.id}/move`, { body });
        queryClient.setQueryData(props.queryKey, next);
      },
      t('notMoved', { name: item.title }),
    );
    if (done && undo)
      notify(t('movedInDraft', { name: item.title }), {
        label: c('undo'),
        run: () => void move({ item, start: item.start, end: item.end }, false),
      });
  }

  async function lock() {
    const done = await send(
      () => request('POST', `${versions.path}/${version.id}/lock`, { version: version.version }),
      t('notLocked'),
    );
    if (done) notify(t('locked', { name: version.name }));
  }

  async function apply() {
    const yes = await confirm({
      title: t('applyTitle', { name: version.name }),
      sentence: t('applySentence', { count: changed, project: version.projectTitle }),
      action: t('apply'),
    });
    if (!yes) return;
    const done = await send(
      () => request('POST', `${versions.path}/${version.id}/apply`, { version: version.version }),
      t('notApplied'),
    );
    if (!done) return;
    for (const noun of [projects, milestones, tasks]) void refetch(noun);
    void queryClient.invalidateQueries({ queryKey: scheduleKey });
    notify(t('applied', { name: version.name }), {
      label: t('openProject'),
      run: () => void navigate(`/projects/${version.projectId}`),
    });
  }

  return (
    <div className="flex h-full flex-col">
      <div className="draft-bar">
        <Button isIconOnly size="sm" variant="ghost" aria-label={t('back')} onPress={() => void navigate('/schedule')}>
          <ArrowLeft />
        </Button>
        <h2 className="min-w-0 truncate font-semibold text-sm">{version.name}</h2>
        <Link
          to={`/projects/${version.projectId}`}
          className="truncate text-muted text-sm hover:underline max-sm:hidden"
        >
          {version.projectTitle}
        </Link>
        <span className="flex-none text-sm">
          <FieldValue noun={versions} name="status" value={version.status} />
        </span>
        <span role="status" className="flex-none text-muted text-sm tabular-nums max-sm:hidden">
          {t('changes', { count: changed })}
        </span>
        {may && (
          <span className="ms-auto flex flex-none gap-2">
            {version.status === 'draft' && (
              <Button size="sm" variant="outline" onPress={() => void lock()}>
                <LockClosed />
                {t('lock')}
              </Button>
            )}
            {version.status !== 'applied' && (
              <Button size="sm" onPress={() => void apply()}>
                <CheckCircle />
                {t('apply')}
              </Button>
            )}
          </span>
        )}
      </div>
      <TimelineBar view={view} today={first} label={t('title')}>
        <span className="truncate text-muted text-xs max-sm:hidden">
          {t(version.status === 'draft' ? 'draftHelp' : version.status === 'locked' ? 'lockedHelp' : 'appliedHelp')}
        </span>
      </TimelineBar>
      <div className="min-h-0 flex-1">
        {entries.length === 0 ? (
          <EmptyState title={t('emptyDraft')} sentence={t('emptyDraftSentence')} />
        ) : (
          <Timeline
            label={version.name}
            laneTitle={t('what')}
            range={range}
            zoom={view.zoom}
            today={today}
            goTo={view.goTo}
            lanes={lanes}
            items={items}
            workWeek={calendar.workWeek}
            holidays={calendar.holidays}
            onOpen={() => undefined}
            onMove={may && version.status === 'draft' ? next => void move(next) : undefined}
            check={({ start, end }) => {
              const off = calendar.dayOff(start) ?? calendar.dayOff(end);
              return off === null ? null : { level: 'warning', sentence: off };
            }}
          />
        )}
      </div>
    </div>
  );
}
