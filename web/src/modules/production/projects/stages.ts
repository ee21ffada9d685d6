import type { ProjectRow, StageCell } from '@/api/types.gen';
import type { Obstacle } from '@/ui/timeline/item';

/** The four stages of every production, in the order of the screens. */
export const stages = ['shoot', 'grade', 'mix', 'delivery'] as const;

export type Stage = (typeof stages)[number];

type Undelivered = Exclude<Stage, 'delivery'>;

export type StageField = `${Stage}Date` | `${Stage}EndDate` | `${Stage}Note` | `${Undelivered}DoneDate`;

/** Fields of stages as they should be. */
export type StageChange = Partial<Record<StageField, string | null>>;

export const firstDay = (stage: Stage): `${Stage}Date` => `${stage}Date`;
export const lastDay = (stage: Stage): `${Stage}EndDate` => `${stage}EndDate`;
export const noteOf = (stage: Stage): `${Stage}Note` => `${stage}Note`;

/** Where it stands when the stage was really over; null for the delivery, which is over when the project is delivered. */
export const doneField = (stage: Stage): `${Undelivered}DoneDate` | null =>
  stage === 'delivery' ? null : `${stage}DoneDate`;

/** What is planned: first and last day; null when nothing is. */
export function planned(project: ProjectRow, stage: Stage): { start: string; end: string } | null {
  const start = project[firstDay(stage)];
  return start ? { start, end: project[lastDay(stage)] ?? start } : null;
}

/** When the stage was really over, as far as it is. */
export function doneOn(project: ProjectRow, stage: Stage): string | null {
  if (stage === 'delivery') {
    if (!project.deliveredAt) return null;
    // The workspace's day, which the row knows as soon as the server has seen it.
    return project.stages?.find(cell => cell.stage === stage)?.doneDate ?? project.deliveredAt.slice(0, 10);
  }
  return project[`${stage}DoneDate`] ?? null;
}

/** Neither delivered nor given up: what passes makes it late. */
export const isOpen = (project: ProjectRow) => !['delivered', 'archived', 'cancelled'].includes(project.status);

/** What is being worked on, in its order, and after it what is delivered or given up. */
export const openFirst = (projects: readonly ProjectRow[]): ProjectRow[] => [
  ...projects.filter(isOpen),
  ...projects.filter(project => !isOpen(project)),
];

export type StageState = 'done' | 'overdue' | 'soon' | 'planned' | 'none';

/** How a stage stands today. Soon is within a week. */
export function stateOf(project: ProjectRow, stage: Stage, today: string, weekFromToday: string): StageState {
  const plan = planned(project, stage);
  if (doneOn(project, stage) !== null) return 'done';
  if (!plan) return 'none';
  if (!isOpen(project)) return project.status === 'cancelled' ? 'planned' : 'done';
  if (plan.end < today) return 'overdue';
  return plan.start <= weekFromToday ? 'soon' : 'planned';
}

/** When each stage is planned. */
export type Plan = (stage: Stage) => { start: string; end: string } | null;

/** The plan of a project from the cells of its stages. */
export const planOf =
  (cells: readonly StageCell[]): Plan =>
  stage => {
    const cell = cells.find(one => one.stage === stage);
    return cell?.date ? { start: cell.date, end: cell.endDate ?? cell.date } : null;
  };

/** What the dates of a project owe each other, in words given by `say`. The server has the last word. */
export function obstacle(
  plan: Plan,
  stage: Stage,
  to: { start: string; end: string },
  dayOff: (day: string) => string | null,
  say: {
    afterDelivery: (stage: Stage) => string;
    beforeShoot: (stage: Stage) => string;
  },
): Obstacle | null {
  const delivery = stage === 'delivery' ? to : plan('delivery');
  for (const one of stages) {
    if (one === 'delivery' || !delivery) continue;
    const span = one === stage ? to : plan(one);
    if (span && (stage === 'delivery' || one === stage) && (span.start > delivery.start || span.end > delivery.end))
      return { level: 'refusal', sentence: say.afterDelivery(one) };
  }
  const shoot = stage === 'shoot' ? to : plan('shoot');
  for (const one of ['grade', 'mix'] as const) {
    const span = one === stage ? to : plan(one);
    if (shoot && span && (stage === 'shoot' || one === stage) && span.start < shoot.start)
      return { level: 'warning', sentence: say.beforeShoot(one) };
  }
  const off = dayOff(to.start) ?? dayOff(to.end);
  return off === null ? null : { level: 'warning', sentence: off };
}

/** The tone of a stage's state. */
export const toneOf = { done: 'green', overdue: 'red', soon: 'amber', planned: 'grey' } as const;
