import type { CellState, StageCell, TaskRow, TimelineProject, TimelineTask } from '@/api/types.gen';
import type { Span, TimelineItem } from '@/ui/timeline/item';

/** Words the items need, given by the screen. */
export interface ItemWords {
  stage: (stage: StageCell['stage']) => string;
  state: (state: 'done' | 'planned' | 'overdue') => string;
}

const tones = { none: 'grey', planned: 'grey', done: 'green', overdue: 'red' } as const satisfies Record<
  CellState,
  string
>;

/** The id of an item tells what it is, where it belongs, and which record it moves. */
export const itemId = (kind: 'stage' | 'milestone' | 'task', lane: string, id: string) => `${kind} ${lane} ${id}`;

export function readItemId(id: string): { kind: 'stage' | 'milestone' | 'task'; lane: string; id: string } {
  const [kind, lane = '', own = ''] = id.split(' ');
  return { kind: kind as 'stage' | 'milestone' | 'task', lane, id: own };
}

/** A milestone outside of a timeline, to be moved like one of it. */
export const milestoneItem = (projectId: string, id: string, title: string, on: Span): TimelineItem => ({
  id: itemId('milestone', projectId, id),
  lane: projectId,
  kind: 'milestone',
  title,
  tone: 'violet',
  state: '',
  ...on,
});

/** A project as items of its lane: what is planned, and what is done where it was really over, under its plan. */
export function projectItems(project: TimelineProject, withTasks: boolean, words: ItemWords): TimelineItem[] {
  const quiet = project.status === 'cancelled' || project.status === 'on_hold';
  const stages = project.stages.flatMap((cell): TimelineItem[] => {
    const plan = cell.date ? { start: cell.date, end: cell.endDate ?? cell.date } : null;
    const span = cell.doneDate ? { start: cell.doneDate, end: cell.doneDate } : plan;
    if (!span || cell.state === 'none') return [];
    return [
      {
        id: itemId('stage', project.id, cell.stage),
        lane: project.id,
        kind: span.start === span.end ? 'milestone' : 'bar',
        title: words.stage(cell.stage),
        tone: tones[cell.state],
        state: words.state(cell.state),
        ...span,
        ...(cell.doneDate && plan && plan.end !== cell.doneDate ? { plan } : {}),
        fixed: cell.state === 'done',
        quiet,
      },
    ];
  });
  const milestones = project.milestones.map(
    (one): TimelineItem => ({
      id: itemId('milestone', project.id, one.id),
      lane: project.id,
      kind: 'milestone',
      title: one.name,
      tone: one.doneAt ? 'green' : 'violet',
      state: words.state(one.doneAt ? 'done' : 'planned'),
      start: one.date,
      end: one.date,
      fixed: one.doneAt !== null,
      quiet,
    }),
  );
  return [
    ...stages,
    ...milestones,
    ...(withTasks ? project.tasks.flatMap(task => taskItems(task, project.id, words)) : []),
  ];
}

function taskItems(task: TimelineTask, lane: string, words: ItemWords): TimelineItem[] {
  const span = spanOf(task);
  if (!span) return [];
  const done = task.doneDate !== null;
  const late = done && task.doneDate !== null && task.doneDate > span.end;
  const real = late && task.doneDate ? { start: span.start, end: task.doneDate } : span;
  return [
    {
      id: itemId('task', lane, task.id),
      lane,
      kind: 'bar',
      title: task.title,
      tone: done ? 'green' : task.overdue ? 'red' : 'blue',
      state: task.statusName || words.state(done ? 'done' : 'planned'),
      ...real,
      ...(late ? { plan: span } : {}),
      fixed: done,
    },
  ];
}

/** The tasks of one person as items of their lane. */
export function personItems(tasks: readonly TaskRow[], lane: string): TimelineItem[] {
  return tasks.flatMap((task): TimelineItem[] => {
    const span = spanOf(task);
    if (!span) return [];
    return [
      {
        id: itemId('task', lane, task.id),
        lane,
        kind: 'bar',
        title: `${task.title} · ${task.projectTitle}`,
        tone: task.isDone ? 'green' : task.overdue ? 'red' : 'blue',
        state: task.statusName,
        ...span,
        fixed: task.isDone,
      },
    ];
  });
}

/** From its first to its last day; a task with only one of them lies on that. Null without any. */
export function spanOf(task: { start: string | null; due: string | null }): { start: string; end: string } | null {
  const start = task.start ?? task.due;
  const end = task.due ?? task.start;
  return start && end ? { start, end } : null;
}
