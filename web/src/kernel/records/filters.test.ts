import { describe, expect, it } from 'vitest';
import { conditionsOf, dayOf, dayRange, daysOf, withConditions } from './filters';

describe('filters of a list', () => {
  it('keeps the conditions on one field apart from those of its neighbours', () => {
    const filters = { status: 'applied', statusChangedAt: 'x', 'status.ne': 'hired' };
    expect(conditionsOf(filters, 'status')).toEqual({ status: 'applied', 'status.ne': 'hired' });
    expect(withConditions(filters, 'status', { status: '' })).toEqual({ statusChangedAt: 'x' });
  });

  it('asks for whole days of the person’s zone, also when the clock changes', () => {
    const range = dayRange('at', '2026-10-25', '2026-10-25', 'Europe/Berlin');
    expect(range).toEqual({ 'at.gte': '2026-10-24T22:00:00.000Z', 'at.lt': '2026-10-25T23:00:00.000Z' });
    expect(dayOf(range['at.gte'], 'Europe/Berlin')).toBe('2026-10-25');
    expect(dayOf(range['at.lt'], 'Europe/Berlin', true)).toBe('2026-10-25');
  });

  it('reads nonsense in the address as no day', () => expect(dayOf('yesterday', 'UTC')).toBeNull());
});

describe('the days a filter leaves', () => {
  it('are those named, whichever words the address has for them', () => {
    expect(daysOf({ 'due.gte': '2026-11-01', 'due.lte': '2026-11-30' }, 'due', true, 'UTC')).toEqual([
      '2026-11-01',
      '2026-11-30',
    ]);
    expect(daysOf({ 'due.lt': '2026-03-01' }, 'due', true, 'UTC')).toEqual([null, '2026-02-28']);
  });

  it('are none where an address names no day', () => {
    expect(daysOf({ 'due.gte': 'abc', 'due.lt': '2026-02-30' }, 'due', true, 'UTC')).toEqual([null, null]);
    expect(daysOf({ 'at.gte': 'abc', 'at.lt': '' }, 'at', false, 'UTC')).toEqual([null, null]);
  });
});
