import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { awaitHold } from '../longPress';
import type { CalendarEvent, CheckMove, EventMove } from './event';
import { instantOf, wallOf } from './wall';

export interface TimeColumn {
  id: string;
  day: string;
  resource?: string | undefined;
}

const step = 15;

/**
 * Moving an event over a grid of days and lanes, and pulling its end. `moving` is where it would land, and what stands
 * in the way there; the drop is the caller's.
 */
export function useEventDrag(props: {
  zone: string;
  columns: readonly TimeColumn[];
  pixelsPerMinute: number;
  onMove: ((move: EventMove) => void) | undefined;
  check: CheckMove | undefined;
  /** A drop on a place that was already refused. */
  onRefused: ((move: EventMove, refusal: string) => void) | undefined;
}) {
  const [moving, setMoving] = useState<(EventMove & { refusal: string | null }) | null>(null);
  const drag = useRef<{
    event: CalendarEvent;
    kind: 'move' | 'resize';
    x: number;
    y: number;
    grid: HTMLElement;
    started: boolean;
  } | null>(null);
  const suppressClick = useRef(false);
  const latest = useRef(moving);
  latest.current = moving;

  const { check } = props;
  const target = moving && `${moving.event.id} ${moving.start} ${moving.end} ${moving.resource ?? ''}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again only when the place changes
  useEffect(() => {
    const move = latest.current;
    if (!move || !check) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      check(move, abort.signal).then(
        refusal =>
          setMoving(now => (now && now.start === move.start && now.end === move.end ? { ...now, refusal } : now)),
        () => undefined,
      );
    }, 120);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [target, check]);

  useEffect(() => {
    function cancel(event: KeyboardEvent) {
      if (event.key !== 'Escape' || !drag.current?.started) return;
      event.stopPropagation();
      suppressClick.current = true;
      drag.current = null;
      setMoving(null);
    }
    // While a finger holds an event, it does not scroll what lies under it, nor ask for a menu.
    function keep(event: Event) {
      if (drag.current?.started && event.cancelable) event.preventDefault();
    }
    window.addEventListener('keydown', cancel, true);
    window.addEventListener('touchmove', keep, { passive: false });
    window.addEventListener('contextmenu', keep);
    return () => {
      window.removeEventListener('keydown', cancel, true);
      window.removeEventListener('touchmove', keep);
      window.removeEventListener('contextmenu', keep);
    };
  }, []);

  function start(event: CalendarEvent, kind: 'move' | 'resize', pointer: PointerEvent<HTMLElement>) {
    if (!props.onMove || event.fixed || pointer.button !== 0) return;
    const grid = pointer.currentTarget.closest<HTMLElement>('[data-slot=time-grid]');
    if (!grid) return;
    if (kind === 'resize') pointer.stopPropagation();
    const at = { event, kind, x: pointer.clientX, y: pointer.clientY, grid, started: false };
    if (pointer.pointerType !== 'touch') {
      drag.current = at;
      return;
    }
    // A finger scrolls, unless it stays: then it holds the event.
    const { pointerId } = pointer;
    awaitHold(pointer, () => {
      drag.current = { ...at, started: true };
      grid.setPointerCapture(pointerId);
      put({ event, start: event.start, end: event.end, resource: event.resource });
    });
  }

  function onPointerMove(pointer: PointerEvent<HTMLElement>) {
    const at = drag.current;
    if (!at) return;
    if (!at.started && Math.hypot(pointer.clientX - at.x, pointer.clientY - at.y) < 4) return;
    if (!at.started) {
      // The grid keeps the pointer: the event itself is drawn anew when it comes to another column.
      at.grid.setPointerCapture(pointer.pointerId);
      at.started = true;
    }
    const minutes = Math.round((pointer.clientY - at.y) / props.pixelsPerMinute / step) * step;
    const { event } = at;
    const from = wallOf(event.start, props.zone);
    if (at.kind === 'resize') {
      const end = Math.max(event.start + step * 60_000, event.end + minutes * 60_000);
      return put({ event, start: event.start, end, resource: event.resource });
    }
    const box = at.grid.getBoundingClientRect();
    const place = Math.floor(((pointer.clientX - box.left) / box.width) * props.columns.length);
    const column = props.columns[Math.max(0, Math.min(props.columns.length - 1, place))];
    if (!column) return;
    const minute = Math.max(0, Math.min(1440 - step, Math.round((from.minute + minutes) / step) * step));
    const start = instantOf({ day: column.day, minute }, props.zone);
    put({ event, start, end: start + (event.end - event.start), resource: column.resource ?? event.resource });
  }

  function put(move: EventMove) {
    setMoving(now =>
      now && now.start === move.start && now.end === move.end && now.resource === move.resource
        ? now
        : { ...move, refusal: null },
    );
  }

  function onPointerUp() {
    const at = drag.current;
    drag.current = null;
    if (!at?.started) return;
    suppressClick.current = true;
    // The click that ends the drag comes at once, or not at all.
    setTimeout(() => {
      suppressClick.current = false;
    });
    const move = latest.current;
    setMoving(null);
    if (!move) return;
    if (move.refusal !== null) {
      props.onRefused?.(move, move.refusal);
      return;
    }
    if (move.start !== at.event.start || move.end !== at.event.end || move.resource !== at.event.resource)
      props.onMove?.(move);
  }

  return {
    moving,
    start,
    handlers: { onPointerMove, onPointerUp, onPointerCancel: onPointerUp },
    /** True for the click that ends a drag. */
    tookClick: () => {
      const took = suppressClick.current;
      suppressClick.current = false;
      return took;
    },
  };
}
