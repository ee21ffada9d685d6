import ChevronLeft from '@heroicons/react/16/solid/ChevronLeftIcon';
import ChevronRight from '@heroicons/react/16/solid/ChevronRightIcon';
import { type CSSProperties, memo } from 'react';
import { Link } from 'react-router';
import { classes } from '../classes';
import type { Obstacle, Span, TimelineItem, TimelineLane } from './item';
import { beyond, boxOf, left, type Placed, type Scale, width } from './scale';

export const lineHeight = 32;

interface Props {
  gridId: string;
  index: number;
  y: number;
  height: number;
  lane: TimelineLane;
  placed: readonly Placed[];
  scale: Scale;
  /** The part in sight, in pixels. */
  from: number;
  to: number;
  href: string | undefined;
  /** Id of the item that has the focus; empty for the lane's name. */
  focused: string | null;
  openedId: string | undefined;
  moving: { id: string; span: Span; obstacle: Obstacle | null } | null;
  words: (item: TimelineItem) => string;
  planned: string;
  /** Pixels at the ends of the part in sight that are not seen yet, or lie under the names. */
  margin: { before: number; after: number };
  /** A day, as short as can be. */
  day: (day: string) => string;
  onGoTo: (item: TimelineItem) => void;
}

function Drawn(props: Props) {
  const { lane, scale, gridId, index } = props;
  const away = beyond(props.placed, props.from + props.margin.before, props.to - props.margin.after);
  const seen = (x: number, wide: number) => x + wide + 200 > props.from && x - 40 < props.to;
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      className="timeline-lane"
      style={{ transform: `translateY(${props.y}px)`, height: props.height }}
    >
      <div
        role="rowheader"
        id={`${gridId}-${index}-`}
        data-lane={index}
        className={classes('timeline-lane__name', props.focused === '' && 'timeline-lane__name--focused')}
      >
        {props.href ? (
          <Link
            to={props.href}
            tabIndex={-1}
            title={lane.name}
            className="grid-link truncate font-medium"
            preventScrollReset
            draggable={false}
          >
            {lane.name}
          </Link>
        ) : (
          <span className="truncate font-medium" title={lane.name}>
            {lane.name}
          </span>
        )}
        {lane.hint && <span className="timeline-lane__hint">{lane.hint}</span>}
      </div>
      <div role="presentation" className="timeline-lane__track" style={{ width: scale.days * scale.day }}>
        {lane.load?.map(load => (
          <span
            key={load.start}
            title={load.words}
            className={classes('timeline-load', load.part > 1.5 && 'timeline-load--much')}
            style={{ left: left(scale, load.start), width: width(scale, load) }}
          />
        ))}
        {props.placed.map(one => {
          const { item, line } = one;
          const moving = props.moving?.id === item.id ? props.moving : null;
          const box = moving ? boxOf(scale, { ...item, ...moving.span }) : one;
          const top = line * lineHeight;
          const plan = item.plan && boxOf(scale, { ...item, ...item.plan });
          const parts = seen(box.x, box.width) || (plan && seen(plan.x, plan.width));
          if (!parts && props.focused !== item.id) return null;
          return (
            <Item
              key={item.id}
              item={item}
              id={`${gridId}-${index}-${item.id}`}
              box={box}
              top={top}
              room={moving ? 0 : one.room}
              plan={plan}
              plannedWord={props.planned}
              moving={moving}
              focused={props.focused === item.id}
              opened={props.openedId === item.id}
              words={props.words(moving ? { ...item, ...moving.span } : item)}
            />
          );
        })}
        {away.before && <Away {...props} side="before" item={away.before.item} />}
        {away.after && <Away {...props} side="after" item={away.after.item} />}
      </div>
    </div>
  );
}

/** Where a lane shows nothing, the day of what lies beside: pressed, it comes into sight. The arrow keys go there anyway. */
function Away(props: Pick<Props, 'words' | 'day' | 'onGoTo'> & { side: 'before' | 'after'; item: TimelineItem }) {
  const { side, item } = props;
  return (
    <span role="gridcell" className={`timeline-away timeline-away--${side}`}>
      <button
        type="button"
        tabIndex={-1}
        title={props.words(item)}
        className="timeline-away__button"
        onClick={() => props.onGoTo(item)}
      >
        {side === 'before' && <ChevronLeft className="size-3.5" />}
        <span className="sr-only">{item.title}, </span>
        {props.day(side === 'before' ? item.end : item.start)}
        {side === 'after' && <ChevronRight className="size-3.5" />}
      </button>
    </span>
  );
}

function Item(props: {
  item: TimelineItem;
  id: string;
  box: { x: number; width: number };
  top: number;
  room: number;
  plan: { x: number; width: number } | undefined;
  plannedWord: string;
  moving: { obstacle: Obstacle | null } | null;
  focused: boolean;
  opened: boolean;
  words: string;
}) {
  const { item, box, top, moving } = props;
  const tone = { '--tone': `var(--tone-${item.tone})` } as CSSProperties;
  const inside = item.kind === 'bar' && box.width > 48;
  const label = inside ? box.width - 14 : Math.min(180, props.room - 6);
  const obstacle = moving?.obstacle;
  return (
    <>
      {props.plan && (
        <span
          aria-hidden="true"
          title={props.plannedWord}
          className={classes('timeline-plan', item.kind === 'milestone' && 'timeline-plan--milestone')}
          style={{ left: props.plan.x, width: props.plan.width, top: top + 2 }}
        />
      )}
      <div
        role="gridcell"
        id={props.id}
        data-item={item.id}
        aria-label={props.words}
        title={moving ? undefined : props.words}
        className={classes(
          'timeline-item',
          `timeline-item--${item.kind}`,
          item.quiet && 'timeline-item--quiet',
          item.fixed && 'timeline-item--fixed',
          props.focused && 'timeline-item--focused',
          props.opened && 'timeline-item--opened',
          moving && 'timeline-item--moving',
          obstacle && `timeline-item--${obstacle.level}`,
        )}
        style={{ ...tone, left: box.x, width: box.width, top: top + 8 }}
      >
        <span className="timeline-item__shape" />
        {label > 22 && (
          <span
            aria-hidden="true"
            className={inside ? 'timeline-item__inside' : 'timeline-item__beside'}
            style={{ maxWidth: label }}
          >
            {item.title}
          </span>
        )}
        {obstacle && <span className="timeline-item__obstacle">{obstacle.sentence}</span>}
      </div>
    </>
  );
}

export const LaneRow = memo(Drawn);
