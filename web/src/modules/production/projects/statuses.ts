import type { ProjectStatus } from '@/api/types.gen';
import type { Tone } from '@/ui/parts/StateDot';

/** The statuses in their order, with the tone of their dots. */
export const statusTones: Readonly<Record<ProjectStatus, Tone>> = {
  idea: 'grey',
  planned: 'blue',
  pre_production: 'blue',
  shooting: 'violet',
  post_production: 'amber',
  delivered: 'green',
  archived: 'grey',
  on_hold: 'amber',
  cancelled: 'red',
};

/** Neither delivered nor given up, as a list is filtered by it: what is due there can be late. */
export const openStatuses = 'idea,planned,pre_production,shooting,post_production,on_hold';

/** The way from an idea to the archive. */
export const path: readonly ProjectStatus[] = [
  'idea',
  'planned',
  'pre_production',
  'shooting',
  'post_production',
  'delivered',
];

/** Whether the step must say why: only what was delivered is opened again. */
export function needsReason(from: ProjectStatus, to: ProjectStatus): boolean {
  return from === 'delivered' && to === 'post_production';
}

/** Whether the step back is allowed right away and asks nothing, so that undoing can be offered. */
export function canUndo(from: ProjectStatus, to: ProjectStatus): boolean {
  return to === 'on_hold' && from !== 'on_hold';
}
