/** A screen that could not be loaded or fell over. Knows no catalogue: it must work when loading them failed. */
export function Failure({ error }: { error: unknown }) {
  // After an update the old parts are gone from the server; the new page knows the new ones.
  const gone = error instanceof TypeError && /import|module|fetch/i.test(error.message);
  return (
    <div role="alert" className="grid h-full min-h-60 place-items-center p-6">
      <div className="max-w-sm">
        <h1 className="font-semibold text-[15px]/5">
          {gone ? 'This screen could not be loaded' : 'This screen stopped working'}
        </h1>
        <p className="mt-1 text-muted text-sm">
          {gone
            ? 'The connection was lost, or Tessera was updated meanwhile.'
            : 'Nothing you saved is lost. Load it again to continue.'}
        </p>
        <button type="button" className="button button--outline mt-4" onClick={() => window.location.reload()}>
          Load again
        </button>
      </div>
    </div>
  );
}
