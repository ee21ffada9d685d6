import type { ImportStatus } from '../contract';

export type ImportStep = 'file' | 'columns' | 'check' | 'report';

export const steps: readonly ImportStep[] = ['file', 'columns', 'check', 'report'];

/** What of an import decides where it goes on. A job of its own works on it while it runs. */
export interface Standing {
  status: ImportStatus;
  /** Kind of that job; undefined while it is not known. */
  work: string | undefined;
}

const checking = 'check_import';

/** Steps that make sense now: what was applied can't be mapped again, what was not checked can't be looked at. */
export function openSteps({ status, work }: Standing): readonly ImportStep[] {
  switch (status) {
    case 'uploaded':
      return ['columns'];
    case 'mapped':
      return ['columns', 'check'];
    case 'validated':
      return ['check', 'columns'];
    case 'running':
      return work === undefined ? ['report', 'check'] : work === checking ? ['check'] : ['report'];
    default:
      return ['report'];
  }
}

/** The step of an address, or the one to go on with instead. */
export function stepFor(wanted: string | undefined, standing: Standing): ImportStep {
  const open = openSteps(standing);
  return open.find(step => step === wanted) ?? open[0] ?? 'columns';
}
