import type { CSSProperties } from 'react';

export type Tone = 'grey' | 'blue' | 'violet' | 'amber' | 'green' | 'red';

/** A state: a dot and its word. The colour is never alone. */
export function StateDot({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className="state-dot" style={{ '--dot': `var(--tone-${tone})` } as CSSProperties}>
      <span className="truncate">{children}</span>
    </span>
  );
}

/** A state in a colour of the workspace's own (#rrggbb). */
export function ColorDot({ color, children }: { color: string; children: string }) {
  return (
    <span className="state-dot" style={{ '--dot': color } as CSSProperties}>
      <span className="truncate">{children}</span>
    </span>
  );
}
