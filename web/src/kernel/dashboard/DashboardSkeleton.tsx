import { SkeletonLines } from '@/ui/parts/Skeletons';

/** The outline of the dashboard, in the places where its parts will be. */
export function DashboardSkeleton() {
  return (
    <div className="dashboard__page" aria-hidden="true">
      <div className="flex h-12 flex-col justify-center gap-3">
        <span className="skeleton-bar w-56" />
        <span className="skeleton-bar w-40" />
      </div>
      <div className="dashboard__cards">
        {['a', 'b', 'c', 'd'].map(card => (
          <div key={card} className="dashboard__card">
            <div className="dashboard__card-link">
              <span className="skeleton-bar my-1.5 w-16" />
              <span className="skeleton-bar my-2 w-12" />
            </div>
          </div>
        ))}
      </div>
      <div className="dashboard__columns">
        <div className="flex flex-col gap-4">
          <div className="tile h-60 p-4">
            <SkeletonLines lines={5} />
          </div>
          <div className="tile h-60 p-4">
            <SkeletonLines lines={5} />
          </div>
        </div>
        <div className="tile h-96 p-4">
          <SkeletonLines lines={9} />
        </div>
      </div>
    </div>
  );
}
