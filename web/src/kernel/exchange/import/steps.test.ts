import { describe, expect, it } from 'vitest';
import { stepFor, stepOf } from './steps';

describe('the way of an import', () => {
  it('goes on where it was left', () => {
    expect([stepOf('uploaded'), stepOf('mapped'), stepOf('validated'), stepOf('running'), stepOf('undone')]).toEqual([
      'columns',
      'columns',
      'check',
      'report',
      'report',
    ]);
  });

  it('goes back to the columns until it is applied', () => {
    expect(stepFor('columns', 'validated')).toBe('columns');
    expect(stepFor('columns', 'completed')).toBe('report');
  });

  it('never opens a step that has nothing to show', () => {
    expect(stepFor('check', 'uploaded')).toBe('columns');
    expect(stepFor('report', 'validated')).toBe('check');
    expect(stepFor('nonsense', 'running')).toBe('report');
  });
});
