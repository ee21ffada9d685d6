import { Suspense, useMemo } from 'react';
import { type RouteObject, useRoutes } from 'react-router';
import type { ModuleDeclaration } from '@/kernel/modules';
import { recordRoutes } from '@/kernel/records/routes';
import { withoutStaffFields } from '@/kernel/records/staffFields';
import { RequirePage } from '@/kernel/session/RequirePage';
import { useMe } from '@/kernel/session/useSession';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import NotFound from './NotFound';
import { ScreenFailed } from './ScreenFailed';
import { Start } from './Start';
import Unauthorized from './Unauthorized';

/** All addresses behind the sign-in: those of the modules, and the shell's own. */
export function Screens({ modules, start }: { modules: readonly ModuleDeclaration[]; start: string }) {
  const { ownRowsOnly } = useMe();
  const routes = useMemo<RouteObject[]>(
    () => [
      { index: true, element: <Start path={start} /> },
      ...modules.flatMap(module => [
        ...module.nouns.flatMap(noun => recordRoutes(ownRowsOnly ? withoutStaffFields(noun) : noun)),
        ...module.screens.map(({ path, page, Component }) => ({
          path: `${path}/*`,
          element:
            page === null ? (
              <Component />
            ) : (
              <RequirePage page={page}>
                <Component />
              </RequirePage>
            ),
        })),
      ]),
      { path: '/unauthorized', element: <Unauthorized /> },
      { path: '*', element: <NotFound /> },
    ],
    [modules, start, ownRowsOnly],
  );
  const screen = useRoutes(routes);
  return (
    <ScreenFailed>
      <Suspense
        fallback={
          <div className="pt-12">
            <SkeletonRows />
          </div>
        }
      >
        {screen}
      </Suspense>
    </ScreenFailed>
  );
}
