/** Something from `start` to `end`, in any unit. */
export interface Span {
  start: number;
  end: number;
}

/** Where a span lies when overlapping spans share the width: lane `lane` of `lanes`. */
export interface Lane {
  lane: number;
  lanes: number;
}

/** Side by side places for spans that overlap; touching ends don't. The answer is in the order of the input. */
export function layLanes(spans: readonly Span[]): Lane[] {
  const order = spans.map((_, index) => index).sort((a, b) => compare(spans[a], spans[b]));
  const places: Lane[] = spans.map(() => ({ lane: 0, lanes: 1 }));
  let group: number[] = [];
  let ends: number[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  const close = () => {
    for (const index of group) {
      const place = places[index];
      if (place) place.lanes = ends.length;
    }
    group = [];
    ends = [];
  };
  for (const index of order) {
    const [span, place] = [spans[index], places[index]];
    if (!span || !place) continue;
    if (span.start >= latest) close();
    const free = ends.findIndex(end => end <= span.start);
    place.lane = free < 0 ? ends.length : free;
    ends[place.lane] = span.end;
    latest = Math.max(latest, span.end);
    group.push(index);
  }
  close();
  return places;
}

function compare(a: Span | undefined, b: Span | undefined): number {
  if (!a || !b) return 0;
  return a.start - b.start || b.end - a.end;
}
