/** Bars in the places where text will be. */
export function SkeletonLines({ lines = 3 }: { lines?: number }) {
  return (
    <div aria-hidden="true" className="flex flex-col gap-3">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
        <span key={line} className="skeleton-bar" style={{ width: `${90 - ((line * 23) % 50)}%` }} />
      ))}
    </div>
  );
}

/** The outline of a list before its first rows arrive. */
export function SkeletonRows({ rows = 12 }: { rows?: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
        <div key={row} className="flex h-9 items-center gap-6 border-row-line border-b px-4">
          <span className="skeleton-bar" style={{ width: `${20 + ((row * 37) % 15)}%` }} />
          <span className="skeleton-bar w-24" />
          <span className="skeleton-bar ms-auto w-16" />
        </div>
      ))}
    </div>
  );
}
