import type { CandidateStatus } from '@/api/types.gen';
import type { Tone } from '@/ui/parts/StateDot';

export type Stage = CandidateStatus;

/** The stages in their order, with the tone of their dots. */
export const stageTones: Readonly<Record<Stage, Tone>> = {
  applied: 'grey',
  screening: 'blue',
  interviewed: 'violet',
  hired: 'green',
  rejected: 'red',
};

/** The way from an application to a hire; whoever leaves it is rejected. */
export const path: readonly Stage[] = ['applied', 'screening', 'interviewed', 'hired'];

const allowed: Readonly<Record<Stage, readonly Stage[]>> = {
  applied: ['screening', 'rejected'],
  screening: ['interviewed', 'rejected'],
  interviewed: ['hired', 'rejected'],
  hired: ['rejected'],
  rejected: ['applied'],
};

/** What to offer: the server has the last word. Only an administrator takes back a hire. */
export function nextStages(from: Stage, isAdmin: boolean): readonly Stage[] {
  return from === 'hired' && !isAdmin ? [] : allowed[from];
}

/** Whether the step must say why; a rejection may. */
export function reasonFor(from: Stage, to: Stage): 'required' | 'optional' | 'none' {
  if (from === 'rejected' || from === 'hired') return 'required';
  return to === 'rejected' ? 'optional' : 'none';
}

/** Whether the step back is allowed right away, so that undoing can be offered. */
export function canUndo(from: Stage, to: Stage): boolean {
  return from !== to && to !== 'hired' && allowed[to].includes(from);
}
