import { describe, expect, it } from 'vitest';
import type { TimelineItem } from './item';
import { beyond, boxOf, dayOver, daysOff, left, pack, scaleOf, ticks } from './scale';

const range = { start: '2026-11-01', end: '2027-02-28' };
const item = (id: string, start: string, end = start, kind: TimelineItem['kind'] = 'bar'): TimelineItem => ({
  id,
  lane: 'a',
  kind,
  start,
  end,
  title: id,
  tone: 'grey',
  state: '',
});

describe('the scale of a timeline', () => {
  const scale = scaleOf('weeks', range);

  it('puts a day where its place tells the day again', () => {
    expect(left(scale, '2026-11-11')).toBe(140);
    expect(dayOver(scale, 140)).toBe('2026-11-11');
    expect(dayOver(scale, -50)).toBe('2026-11-01');
    expect(dayOver(scale, 1e6)).toBe('2027-02-28');
  });

  it('names the month that began before the part in sight', () => {
    const seen = ticks(scale, 'month', left(scale, '2026-12-10'), left(scale, '2027-01-10'));
    expect(seen.map(tick => tick.day)).toEqual(['2026-12-01', '2027-01-01']);
    expect(seen[0]?.width).toBe(31 * scale.day);
  });

  it('begins weeks on Monday', () => {
    const days = ticks(scale, 'week', 0, left(scale, '2026-11-20')).map(tick => tick.day);
    expect(days).toEqual(['2026-11-01', '2026-11-02', '2026-11-09', '2026-11-16']);
  });

  it('shades weekends and holidays as one where they touch', () => {
    const off = daysOff(scale, new Set([1, 2, 3, 4, 5]), new Set(['2026-11-06']), 0, left(scale, '2026-11-09'));
    expect(off).toEqual([
      { day: '2026-11-01', x: 0, width: 14 },
      { day: '2026-11-06', x: 70, width: 42 },
    ]);
  });
});

describe('the items of a lane', () => {
  const scale = scaleOf('days', range);

  it('lie on one line while none covers another', () => {
    const { lines, placed } = pack(scale, [
      item('b', '2026-11-05', '2026-11-06'),
      item('a', '2026-11-02', '2026-11-04'),
    ]);
    expect(lines).toBe(1);
    expect(placed[0]).toMatchObject({ item: { id: 'a' }, room: 0 });
  });

  it('take another line when they overlap', () => {
    const { placed } = pack(scale, [
      item('a', '2026-11-02', '2026-11-10'),
      item('b', '2026-11-05'),
      item('c', '2026-11-12'),
    ]);
    expect(placed.map(one => one.line)).toEqual([0, 1, 0]);
  });

  it('have a milestone in the middle of its day', () => {
    const box = boxOf(scale, item('m', '2026-11-02', '2026-11-02', 'milestone'));
    expect(box.x + box.width / 2).toBe(left(scale, '2026-11-02') + 18);
  });

  it('knows what lies nearest before and after a part in sight that shows nothing', () => {
    const { placed } = pack(scale, [
      item('a', '2026-11-02', '2026-11-03'),
      item('b', '2026-11-05'),
      item('c', '2027-01-20'),
    ]);
    const away = beyond(placed, left(scale, '2026-12-01'), left(scale, '2027-01-01'));
    expect([away.before?.item.id, away.after?.item.id]).toEqual(['b', 'c']);
    expect(beyond(placed, left(scale, '2026-11-05'), left(scale, '2026-12-01'))).toEqual({});
  });
});
