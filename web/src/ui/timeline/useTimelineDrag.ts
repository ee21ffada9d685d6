import { type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { awaitHold } from '../longPress';
import type { Obstacle, Span, TimelineItem, TimelineMove } from './item';
import { type Hold, holdAt, moved } from './moves';

/** An item on its way, and what speaks against leaving it there. */
export interface Moving {
  item: TimelineItem;
  span: Span;
  obstacle: Obstacle | null;
  by: 'pointer' | 'keys';
}

/** Moving items with the pointer, or picked up and moved with keys. The drop is the caller's. */
export function useTimelineDrag(props: {
  scroller: RefObject<HTMLElement | null>;
  dayWidth: number;
  find: (id: string) => TimelineItem | undefined;
  onMove: ((move: TimelineMove) => void) | undefined;
  check: ((move: TimelineMove) => Obstacle | null) | undefined;
  onRefused: ((move: TimelineMove, sentence: string) => void) | undefined;
}) {
  const { onMove, check } = props;
  const [moving, draw] = useState<Moving | null>(null);
  // The drop may come before the last step is drawn.
  const latest = useRef<Moving | null>(null);
  const setMoving = useCallback((next: Moving | null) => {
    latest.current = next;
    draw(next);
  }, []);
  const drag = useRef<{ item: TimelineItem; hold: Hold; x: number; scroll: number; started: boolean } | null>(null);
  const tookClick = useRef(false);

  function put(item: TimelineItem, span: Span, by: Moving['by']) {
    const before = latest.current;
    if (before?.item.id === item.id && before.span.start === span.start && before.span.end === span.end) return;
    const same = span.start === item.start && span.end === item.end;
    setMoving({ item, span, by, obstacle: same ? null : (check?.({ item, ...span }) ?? null) });
  }

  function drop() {
    const at = latest.current;
    setMoving(null);
    if (!at || (at.span.start === at.item.start && at.span.end === at.item.end)) return;
    const move = { item: at.item, ...at.span };
    if (at.obstacle?.level === 'refusal') props.onRefused?.(move, at.obstacle.sentence);
    else onMove?.(move);
  }

  function cancel() {
    drag.current = null;
    setMoving(null);
  }

  useEffect(() => {
    function letGo(event: KeyboardEvent) {
      if (event.key !== 'Escape' || !drag.current?.started) return;
      event.stopPropagation();
      drag.current = null;
      setMoving(null);
    }
    window.addEventListener('keydown', letGo, true);
    return () => window.removeEventListener('keydown', letGo, true);
  }, [setMoving]);

  const { scroller } = props;
  useEffect(() => {
    const box = scroller.current;
    // While a finger holds an item, it does not scroll what lies under it, nor ask for a menu.
    const keep = (event: Event) => {
      if (drag.current?.started && event.cancelable) event.preventDefault();
    };
    box?.addEventListener('touchmove', keep, { passive: false });
    box?.addEventListener('contextmenu', keep);
    return () => {
      box?.removeEventListener('touchmove', keep);
      box?.removeEventListener('contextmenu', keep);
    };
  }, [scroller]);

  function onPointerDown(event: PointerEvent) {
    const box = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-item]') : null;
    const item = box && props.find(box.dataset.item ?? '');
    tookClick.current = false;
    if (!box || !item || !onMove || item.fixed || event.button !== 0) return;
    const { left, width } = box.getBoundingClientRect();
    const at = {
      item,
      hold: holdAt(item, event.clientX - left, width, event.pointerType === 'touch' ? 20 : 8),
      x: event.clientX,
      scroll: props.scroller.current?.scrollLeft ?? 0,
      started: false,
    };
    if (event.pointerType !== 'touch') {
      drag.current = at;
      return;
    }
    // A finger scrolls, unless it stays: then it holds the item.
    const { pointerId } = event;
    awaitHold(event, () => {
      at.started = true;
      at.scroll = props.scroller.current?.scrollLeft ?? 0;
      drag.current = at;
      props.scroller.current?.setPointerCapture(pointerId);
      setMoving({ item, span: { start: item.start, end: item.end }, obstacle: null, by: 'pointer' });
    });
  }

  function onPointerMove(event: PointerEvent) {
    const at = drag.current;
    const scroller = props.scroller.current;
    if (!at || !scroller) return;
    if (!at.started) {
      if (Math.abs(event.clientX - at.x) < 4) return;
      scroller.setPointerCapture(event.pointerId);
      at.started = true;
    }
    const box = scroller.getBoundingClientRect();
    if (event.clientX > box.right - 32) scroller.scrollLeft += 16;
    else if (event.clientX < box.left + 32) scroller.scrollLeft -= 16;
    const pulled = event.clientX - at.x + scroller.scrollLeft - at.scroll;
    put(at.item, moved(at.item, at.hold, Math.round(pulled / props.dayWidth)), 'pointer');
  }

  function onPointerUp() {
    const at = drag.current;
    drag.current = null;
    if (!at?.started) return;
    tookClick.current = true;
    drop();
  }

  return {
    moving,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: cancel },
    /** Picks an item up with the keyboard. False when it stays where it is. */
    pick: (item: TimelineItem) => {
      if (!onMove || item.fixed) return false;
      setMoving({ item, span: { start: item.start, end: item.end }, obstacle: null, by: 'keys' });
      return true;
    },
    step: (hold: Hold, by: number) => {
      const at = latest.current;
      if (at) put(at.item, moved(at.span, at.item.kind === 'milestone' ? 'whole' : hold, by), 'keys');
    },
    drop,
    cancel,
    /** True for the click that ends a drag. */
    tookClick: () => tookClick.current,
  };
}
