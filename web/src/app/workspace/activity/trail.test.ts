import { describe, expect, it } from 'vitest';
import { type AuditRow, byDay, verbOf } from './trail';

const row = (id: string, at: string): AuditRow => ({
  id,
  at,
  actor: { id: 'u1', name: 'Ada' },
  action: 'login',
  target: 'session',
  entityId: null,
  label: null,
  targetUserId: null,
  changes: [],
  reason: null,
  traceId: null,
  sealed: true,
});

describe('the audit trail', () => {
  it('is grouped by the civil days of the person’s zone', () => {
    const now = Date.parse('2026-11-21T12:00:00Z');
    const rows = [row('a', '2026-11-21T00:10:00Z'), row('b', '2026-11-20T23:50:00Z'), row('c', '2026-11-19T22:30:00Z')];
    expect(byDay(rows, now, 'UTC', 'en').map(day => [day.name, day.rows.length])).toEqual([
      ['Today', 1],
      ['Yesterday', 1],
      ['Thu 19 Nov', 1],
    ]);
    expect(byDay(rows, now, 'Europe/Berlin', 'en').map(day => day.rows.map(one => one.id))).toEqual([
      ['a', 'b'],
      ['c'],
    ]);
  });

  it('names the verb apart from its target', () => {
    expect(verbOf('update_candidate', 'candidate')).toBe('update');
    expect(verbOf('toggle_perm', 'permission')).toBe('toggle_perm');
    expect(verbOf('deactivate_user', 'user')).toBe('deactivate');
  });
});
