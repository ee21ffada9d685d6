import type { CSSProperties } from 'react';

/** How far long work has come. Without a part (0 to 1) it only shows that something goes on. */
export function Progress(props: { label: string; part: number | undefined; note?: string }) {
  const percent = props.part === undefined ? undefined : Math.round(props.part * 100);
  return (
    <div
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={props.note}
      className="progress"
      data-unknown={percent === undefined || undefined}
    >
      <span className="progress__fill" style={{ '--part': `${percent ?? 100}%` } as CSSProperties} />
    </div>
  );
}

/** The same as a ring, where there is room for an icon only. */
export function ProgressRing({ part }: { part: number | undefined }) {
  const around = 2 * Math.PI * 6;
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className="progress-ring"
      data-unknown={part === undefined || undefined}
    >
      <circle cx="8" cy="8" r="6" />
      <circle cx="8" cy="8" r="6" strokeDasharray={`${(part ?? 0.25) * around} ${around}`} />
    </svg>
  );
}
