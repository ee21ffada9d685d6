import { describe, expect, it } from 'vitest';
import { canUndo, nextStages, reasonFor } from './stages';

describe('stages', () => {
  it('lead forward one by one, and out at any time', () => {
    expect(nextStages('applied', false)).toEqual(['screening', 'rejected']);
    expect(nextStages('interviewed', false)).toEqual(['hired', 'rejected']);
  });

  it('let only an administrator take back a hire', () => {
    expect(nextStages('hired', false)).toEqual([]);
    expect(nextStages('hired', true)).toEqual(['rejected']);
  });

  it('ask why where a decision is turned round, and may where one is made', () => {
    expect(reasonFor('rejected', 'applied')).toBe('required');
    expect(reasonFor('hired', 'rejected')).toBe('required');
    expect(reasonFor('screening', 'rejected')).toBe('optional');
    expect(reasonFor('applied', 'screening')).toBe('none');
  });

  it('offer to undo only what the server takes back', () => {
    expect(canUndo('applied', 'rejected')).toBe(true);
    expect(canUndo('applied', 'screening')).toBe(false);
    expect(canUndo('interviewed', 'rejected')).toBe(false);
    expect(canUndo('interviewed', 'hired')).toBe(false);
  });
});
