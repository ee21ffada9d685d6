import type { ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { Root } from './Root';
import { RouteFailed } from './RouteFailed';

/** Loads a page when it is first opened. */
function page(path: string, load: () => Promise<{ default: ComponentType }>): RouteObject {
  return { path, lazy: async () => ({ Component: (await load()).default }) };
}

/** The pages before sign-in are small; everything behind it is one lazy page with addresses of its own. */
export const router = createBrowserRouter([
  {
    Component: Root,
    ErrorBoundary: RouteFailed,
    HydrateFallback: () => null,
    children: [
      page('/login', () => import('./sign-in/SignIn')),
      page('/setup', () => import('./sign-in/SetUp')),
      page('/invitation/:token', () => import('./sign-in/Invitation')),
      page('/shared/:token', () => import('./shared/SharedPage')),
      page('*', () => import('./shell/SignedIn')),
    ],
  },
]);
