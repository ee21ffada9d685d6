import type { ReactNode } from 'react';

export interface TimelineEntry {
  id: string;
  mark: ReactNode;
  title: ReactNode;
  when: ReactNode;
  body?: ReactNode;
}

/** What happened, newest first, along a line. */
export function Timeline({ entries, label }: { entries: readonly TimelineEntry[]; label: string }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {entries.map((entry, place) => (
        <li key={entry.id} className="relative flex gap-3 pb-5">
          {place < entries.length - 1 && (
            <span aria-hidden="true" className="absolute start-[9.5px] top-6 bottom-0 w-px bg-border" />
          )}
          <span className="mt-0.5 grid size-5 flex-none place-items-center">{entry.mark}</span>
          <div className="min-w-0 flex-1">
            <div className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
              <span className="min-w-0">{entry.title}</span>
              <span className="text-muted text-xs tabular-nums">{entry.when}</span>
            </div>
            {entry.body && <div className="mt-2 rounded-lg border border-border p-3">{entry.body}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
