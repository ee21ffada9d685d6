import type { ReactNode } from 'react';

/** A part of the settings: a heading, a sentence, and what can be set. */
export function Section(props: { title: string; sentence?: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="settings-section">
      <header className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="font-semibold text-[15px]/5">{props.title}</h2>
          {props.sentence && <p className="mt-1 text-muted text-sm">{props.sentence}</p>}
        </div>
        {props.action}
      </header>
      {props.children}
    </section>
  );
}
