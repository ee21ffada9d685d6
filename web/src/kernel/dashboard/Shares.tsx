import type { CSSProperties } from 'react';
import { Link } from 'react-router';
import { useFormatter } from 'use-intl';
import { StateDot, type Tone } from '@/ui/parts/StateDot';

/** Counts as bars beside their words; each leads to what it counts. */
export function Shares(props: {
  items: readonly { id: string; name: string; tone: Tone; count: number; to: string; title: string }[];
}) {
  const { number } = useFormatter();
  const most = Math.max(1, ...props.items.map(item => item.count));
  return (
    <ul className="pb-2">
      {props.items.map(item => {
        const bar = {
          '--part': item.count === 0 ? '0px' : `${Math.max(1.5, (item.count / most) * 100)}%`,
          '--dot': `var(--tone-${item.tone})`,
        };
        return (
          <li key={item.id}>
            <Link to={item.to} className="pipeline__row" title={item.title}>
              <StateDot tone={item.tone}>{item.name}</StateDot>
              <span aria-hidden="true" className="pipeline__track">
                <span className="pipeline__bar" style={bar as CSSProperties} />
              </span>
              <span className="text-end tabular-nums">{number(item.count)}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
