import { type ReactNode, useId, useState } from 'react';
import { useTranslations } from 'use-intl';

export interface TrendPoint {
  id: string;
  value: number;
  /** When or what, as the table and the tooltip write it. */
  name: string;
  /** Where a press on the bar leads. */
  onOpen?: () => void;
}

/** One figure over time as bars, oldest first, with the same figures as a table behind a button. */
export function Trend(props: {
  title: string;
  points: readonly TrendPoint[];
  /** Heading of the names in the table. */
  nameHead: string;
  valueHead: string;
  write: (value: number) => string;
  aside?: ReactNode;
}) {
  const t = useTranslations('ui');
  const id = useId();
  const [table, setTable] = useState(false);
  const { points, write } = props;
  const most = Math.max(1, ...points.map(point => point.value));
  return (
    <section className="tile" aria-labelledby={id}>
      <header className="tile__head">
        <h2 id={id} className="tile__title">
          {props.title}
        </h2>
        <button type="button" className="front-link" aria-pressed={table} onClick={() => setTable(!table)}>
          {t(table ? 'asPicture' : 'asTable')}
        </button>
      </header>
      {table ? (
        <div className="trend__table">
          <table>
            <thead>
              <tr>
                <th scope="col">{props.nameHead}</th>
                <th scope="col">{props.valueHead}</th>
              </tr>
            </thead>
            <tbody>
              {[...points].reverse().map(point => (
                <tr key={point.id}>
                  <td>{point.name}</td>
                  <td>{write(point.value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <figure className="trend" aria-labelledby={id}>
          <div className="trend__scale" aria-hidden="true">
            <span>{write(most)}</span>
            <span>{write(0)}</span>
          </div>
          <ol className="trend__bars">
            {points.map(point => {
              const bar = { height: `${Math.max(2, (point.value / most) * 100)}%` };
              const label = `${point.name}: ${write(point.value)}`;
              return (
                <li key={point.id}>
                  {point.onOpen ? (
                    <button
                      type="button"
                      className="trend__hit"
                      aria-label={label}
                      title={label}
                      onClick={point.onOpen}
                    >
                      <span className="trend__bar" style={bar} />
                    </button>
                  ) : (
                    <span className="trend__hit" title={label}>
                      <span className="trend__bar" style={bar} />
                      <span className="sr-only">{label}</span>
                    </span>
                  )}
                </li>
              );
            })}
          </ol>
          <figcaption className="trend__ends">
            <span>{points[0]?.name}</span>
            <span>{points.length > 1 ? points.at(-1)?.name : ''}</span>
          </figcaption>
        </figure>
      )}
    </section>
  );
}
