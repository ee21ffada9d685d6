import type { AuditRow } from '@/api/types.gen';
import { type Stage, stageTones } from '../candidates/stages';
import type dashboard from '../messages/dashboard.en.json';
import english from '../messages/dashboard.en.json';

export type Did = keyof (typeof dashboard)['dashboard']['did'];
export type Subject = keyof (typeof dashboard)['dashboard']['subjects'];

/** The word for what was done: by the action itself, else by its verb ("create_call" → "create"), else a general one. */
export function didOf(action: string): Did {
  const known = english.dashboard.did;
  const isKnown = (name: string): name is Did => Object.hasOwn(known, name);
  if (isKnown(action)) return action;
  const [verb = ''] = action.split('_');
  return isKnown(verb) ? verb : 'other';
}

const places: Readonly<Record<Subject, { page: string; path: string | null }>> = {
  candidate: { page: 'candidates', path: '/candidates' },
  interview: { page: 'interviews', path: '/interviews' },
  call: { page: 'calls', path: '/calls' },
  user: { page: 'user_management', path: '/users' },
  invitation: { page: 'user_management', path: null },
};

/** What it was done to, and where that opens; null where the sentence is complete without, or the record's own name is the actor's. */
export function targetOf(line: Pick<AuditRow, 'action' | 'target' | 'label' | 'entityId' | 'actor'>) {
  const { target, label } = line;
  if (!label || !Object.hasOwn(places, target)) return null;
  if (target === 'user' && label === line.actor.name) return null;
  const subject = target as Subject;
  const { page, path } = places[subject];
  // The verbs of an interview name it themselves.
  const named = subject === 'interview' && /^(reopen|reschedule|score)_/.test(line.action);
  const gone = line.action.startsWith('delete_') || line.action.startsWith('erase_');
  return {
    subject: named ? ('candidate' as const) : subject,
    page,
    name: label,
    to: path !== null && line.entityId !== null && !gone ? `${path}/${line.entityId}` : null,
  };
}

/** The stage a candidate was moved to, when that is what the line is about. */
export function stageOf(line: Pick<AuditRow, 'action' | 'target' | 'changes'>): Stage | null {
  if (line.target !== 'candidate' || line.action.startsWith('create_')) return null;
  const stage = line.changes.find(change => change.field === 'status')?.after as unknown;
  return typeof stage === 'string' && Object.hasOwn(stageTones, stage) ? (stage as Stage) : null;
}

const transitive: readonly Did[] = [
  'create',
  'update',
  'delete',
  'restore',
  'revert',
  'other',
  'create_comment',
  'update_comment',
  'delete_comment',
  'pin_comment',
  'unpin_comment',
  'tick_checklist',
  'untick_checklist',
];

/** Whether the line makes a sentence: "changed" alone does not. */
export const isComplete = (line: Pick<AuditRow, 'action' | 'target' | 'label' | 'entityId' | 'actor'>): boolean =>
  !transitive.includes(didOf(line.action)) || targetOf(line) !== null;
