import type { ReactNode } from 'react';

/** The frame of every page before somebody is signed in. */
export function Front(props: { title: string; sentence?: ReactNode; children: ReactNode }) {
  return (
    <main className="h-full overflow-auto bg-canvas">
      {/* From the top: what comes later (providers, a demo's people) is added below, and nothing jumps. */}
      <div className="mx-auto max-w-[400px] px-4 pt-[max(24px,16vh)] pb-10">
        <div className="rounded-xl border border-border bg-sheet p-6 shadow-surface sm:p-8">
          <img src="/favicon.svg" alt="" width={28} height={28} className="mb-5" />
          <h1 className="font-semibold text-[20px]/7 tracking-[-0.015em]">{props.title}</h1>
          {props.sentence && <p className="mt-1 text-muted text-sm">{props.sentence}</p>}
          <div className="mt-6">{props.children}</div>
        </div>
      </div>
    </main>
  );
}

/** What went wrong, above the button. Announced when it appears. */
export function FrontError({ children }: { children: ReactNode }) {
  return (
    <div role="alert" className="min-h-0">
      {children && (
        <p className="rounded-lg bg-danger-soft px-3 py-2 text-danger-soft-foreground text-sm">{children}</p>
      )}
    </div>
  );
}

/** The one action of the page. It keeps the focus while it works; a second press does nothing. */
export function FrontSubmit({ pending, children }: { pending: boolean; children: ReactNode }) {
  return (
    <button
      type="submit"
      aria-disabled={pending || undefined}
      className="button button--primary button--lg button--full-width"
    >
      {pending && (
        <span
          aria-hidden="true"
          className="size-3.5 animate-spin rounded-full border-2 border-current border-e-transparent"
        />
      )}
      {children}
    </button>
  );
}
