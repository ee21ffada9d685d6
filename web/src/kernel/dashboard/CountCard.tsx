import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormatter } from 'use-intl';

/** How much there is of something; the number leads to its list. Nothing for what the person may not see. */
export function CountCard(props: {
  name: string;
  count: number | null;
  to: string;
  note?: ReactNode;
  noteTo?: string;
}) {
  const { number } = useFormatter();
  if (props.count === null) return null;
  return (
    <div className="dashboard__card">
      <Link to={props.to} className="dashboard__card-link">
        <span className="text-muted text-sm">{props.name}</span>
        <span className="font-semibold text-[24px]/8 tabular-nums tracking-[-0.015em]">{number(props.count)}</span>
      </Link>
      {props.note &&
        (props.noteTo ? (
          <Link to={props.noteTo} className="dashboard__card-note text-link hover:underline">
            {props.note}
          </Link>
        ) : (
          <span className="dashboard__card-note text-muted">{props.note}</span>
        ))}
    </div>
  );
}
