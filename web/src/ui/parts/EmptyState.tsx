import type { ReactNode } from 'react';

/** Nothing here: what this place is for, in one sentence, and what to do next. */
export function EmptyState(props: { icon?: ReactNode; title: string; sentence?: ReactNode; children?: ReactNode }) {
  return (
    <div className="grid h-full min-h-56 place-items-center p-6">
      <div className="flex max-w-sm flex-col items-start gap-1">
        {props.icon && (
          <div className="mb-3 grid size-9 place-items-center rounded-lg border border-border text-muted [&_svg]:size-5">
            {props.icon}
          </div>
        )}
        <h2 className="text-[15px]/5 font-semibold">{props.title}</h2>
        {props.sentence && <p className="text-sm text-muted">{props.sentence}</p>}
        {props.children && <div className="mt-4 flex flex-wrap gap-2">{props.children}</div>}
      </div>
    </div>
  );
}
