import { describe, expect, it } from 'vitest';
import type { ImportStatus } from '../contract';
import { stepFor } from './steps';

const at = (status: ImportStatus, wanted?: string, work?: string) => stepFor(wanted, { status, work });

describe('the way of an import', () => {
  it('goes on where it was left', () => {
    const left: ImportStatus[] = ['uploaded', 'mapped', 'validated', 'completed', 'undone'];
    expect(left.map(status => at(status))).toEqual(['columns', 'columns', 'check', 'report', 'report']);
  });

  it('goes back to the columns until it is applied', () => {
    expect(at('validated', 'columns')).toBe('columns');
    expect(at('completed', 'columns')).toBe('report');
  });

  it('never opens a step that has nothing to show', () => {
    expect(at('uploaded', 'check')).toBe('columns');
    expect(at('validated', 'report')).toBe('check');
    expect(at('completed', 'nonsense')).toBe('report');
  });

  it('shows the work where it is done', () => {
    expect(at('running', 'columns', 'check_import')).toBe('check');
    expect([at('running', 'check', 'import'), at('running', 'check', 'undo_import')]).toEqual(['report', 'report']);
    expect([at('running', 'check'), at('running', 'report')]).toEqual(['check', 'report']);
  });
});
