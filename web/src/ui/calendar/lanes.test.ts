import { describe, expect, it } from 'vitest';
import { layLanes } from './lanes';

const lay = (...spans: [number, number][]) => layLanes(spans.map(([start, end]) => ({ start, end })));

describe('lanes of overlapping spans', () => {
  it('gives a lone span the whole width', () => expect(lay([9, 10])).toEqual([{ lane: 0, lanes: 1 }]));

  it('lets touching spans keep the whole width', () => {
    expect(lay([9, 10], [10, 11]).map(place => place.lanes)).toEqual([1, 1]);
  });

  it('puts overlapping spans side by side, the longer one first', () => {
    expect(lay([9, 10], [9, 12])).toEqual([
      { lane: 1, lanes: 2 },
      { lane: 0, lanes: 2 },
    ]);
  });

  it('uses a lane again once it is free', () => {
    expect(lay([9, 12], [9, 10], [10, 11])).toEqual([
      { lane: 0, lanes: 2 },
      { lane: 1, lanes: 2 },
      { lane: 1, lanes: 2 },
    ]);
  });

  it('never lets two overlapping spans share a lane', () => {
    const spans = Array.from({ length: 60 }, (_, i) => ({ start: (i * 7) % 31, end: ((i * 7) % 31) + 1 + (i % 5) }));
    const places = layLanes(spans);
    for (const [i, a] of spans.entries())
      for (const [j, b] of spans.entries())
        if (i < j && a.start < b.end && b.start < a.end) expect(places[i]?.lane).not.toBe(places[j]?.lane);
  });
});
