import { describe, expect, it } from 'vitest';
import type { TimelineItem } from './item';
import { holdAt, moved, nextItem, stepOf } from './moves';

const item = (id: string, start: string): TimelineItem => ({
  id,
  lane: '',
  kind: 'bar',
  start,
  end: start,
  title: id,
  tone: 'grey',
  state: '',
});

describe('moving an item', () => {
  const span = { start: '2026-11-20', end: '2026-11-24' };

  it('keeps its length when it is held as a whole', () => {
    expect(moved(span, 'whole', 12)).toEqual({ start: '2026-12-02', end: '2026-12-06' });
  });

  it('lets an end come as far as the other one', () => {
    expect(moved(span, 'end', -30)).toEqual({ start: '2026-11-20', end: '2026-11-20' });
    expect(moved(span, 'start', 30)).toEqual({ start: '2026-11-24', end: '2026-11-24' });
  });

  it('takes hold of the ends of a bar, and of a milestone as a whole', () => {
    expect(holdAt(item('a', '2026-11-20'), 2, 100)).toBe('start');
    expect(holdAt(item('a', '2026-11-20'), 97, 100)).toBe('end');
    expect(holdAt({ ...item('a', '2026-11-20'), kind: 'milestone' }, 1, 18)).toBe('whole');
  });

  it('goes by days and weeks with the keyboard, by its end with shift', () => {
    expect(stepOf('ArrowRight', false)).toEqual({ hold: 'whole', by: 1 });
    expect(stepOf('PageUp', true)).toEqual({ hold: 'end', by: -7 });
    expect(stepOf('x', false)).toBeNull();
  });
});

describe('going from item to item', () => {
  const lanes = [
    [item('a', '2026-11-01'), item('b', '2026-12-01')],
    [],
    [item('c', '2026-11-20'), item('d', '2026-12-05')],
  ];

  it('goes along a lane and back to its name', () => {
    expect(nextItem(lanes, { lane: 0, id: null }, 'ArrowRight')).toEqual({ lane: 0, id: 'a' });
    expect(nextItem(lanes, { lane: 0, id: 'a' }, 'ArrowLeft')).toEqual({ lane: 0, id: null });
    expect(nextItem(lanes, { lane: 0, id: 'b' }, 'ArrowRight')).toEqual({ lane: 0, id: 'b' });
  });

  it('goes to the item of the next lane that lies nearest in time', () => {
    expect(nextItem([lanes[0] ?? [], lanes[2] ?? []], { lane: 0, id: 'b' }, 'ArrowDown')).toEqual({ lane: 1, id: 'd' });
    expect(nextItem(lanes, { lane: 0, id: 'b' }, 'ArrowDown')).toEqual({ lane: 1, id: null });
  });
});
