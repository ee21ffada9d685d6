import { describe, expect, it } from 'vitest';
import { didOf, isComplete, stageOf, targetOf } from './activityWords';

const line = {
  action: 'create_call',
  target: 'call',
  label: 'Ada King',
  entityId: 'x',
  actor: { id: 'u', name: 'Kim' },
};

describe('a line of the activity', () => {
  it('knows actions by name, by their verb, or speaks generally', () => {
    expect(didOf('move_candidate')).toBe('move_candidate');
    expect(didOf('create_invoice')).toBe('create');
    expect(didOf('defenestrate')).toBe('other');
  });

  it('leads to the record, unless that is gone', () => {
    expect(targetOf(line)).toMatchObject({ subject: 'call', to: '/calls/x', name: 'Ada King' });
    expect(targetOf({ ...line, action: 'delete_call' })).toMatchObject({ to: null });
  });

  it('is dropped when it would end at its verb', () => {
    expect(isComplete(line)).toBe(true);
    expect(isComplete({ ...line, action: 'create_candidatemerge', target: 'candidatemerge' })).toBe(false);
    expect(isComplete({ ...line, action: 'login', target: 'session' })).toBe(true);
  });

  it('leaves out who acted on themselves, and what has no name', () => {
    expect(targetOf({ ...line, target: 'user', label: 'Kim' })).toBeNull();
    expect(targetOf({ ...line, label: null })).toBeNull();
  });

  it('tells where a candidate went, but not where they started', () => {
    const changes = [{ field: 'status', before: 'applied', after: 'screening' }] as never;
    expect(stageOf({ action: 'update_candidate', target: 'candidate', changes })).toBe('screening');
    expect(stageOf({ action: 'create_candidate', target: 'candidate', changes })).toBeNull();
    expect(stageOf({ action: 'update_interview', target: 'interview', changes })).toBeNull();
  });
});
