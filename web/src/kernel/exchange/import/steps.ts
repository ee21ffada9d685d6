import type { ImportStatus } from '../contract';

export type ImportStep = 'file' | 'columns' | 'check' | 'report';

export const steps: readonly ImportStep[] = ['file', 'columns', 'check', 'report'];

/** Where an import goes on when its address names no step. */
export function stepOf(status: ImportStatus): ImportStep {
  switch (status) {
    case 'uploaded':
    case 'mapped':
      return 'columns';
    case 'validated':
      return 'check';
    default:
      return 'report';
  }
}

/** Steps that make sense now: what was applied can't be mapped again, what was not checked can't be looked at. */
export function openSteps(status: ImportStatus): readonly ImportStep[] {
  switch (status) {
    case 'uploaded':
      return ['columns'];
    case 'mapped':
    case 'validated':
      return ['columns', 'check'];
    default:
      return ['report'];
  }
}

/** The step of an address, or where to go instead. */
export function stepFor(wanted: string | undefined, status: ImportStatus): ImportStep {
  const open = openSteps(status);
  return open.find(step => step === wanted) ?? stepOf(status);
}
