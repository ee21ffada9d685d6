/** The outline of a board before its first cards arrive. */
export function BoardSkeleton({ columns }: { columns: number }) {
  return (
    <div aria-hidden="true" className="board">
      {Array.from({ length: columns }, (_, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: outlines have no identity
        <div key={column} className="board__column">
          <div className="board__head">
            <span className="skeleton-bar w-20" />
          </div>
          <div className="flex flex-col gap-2 px-1.5">
            {Array.from({ length: 4 - (column % 3) }, (_, card) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: outlines have no identity
              <div key={card} className="board__card flex-col gap-2.5!">
                <span className="skeleton-bar w-3/5" />
                <span className="skeleton-bar w-2/5" />
              </div>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
