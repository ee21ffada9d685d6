import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useAccess, useMe } from './useSession';

/** Guards a screen: who may not read the page is told so, and can go back. */
export function RequirePage({ page, children }: { page: string; children: ReactNode }) {
  const can = useAccess();
  const { viewAs } = useMe();
  const { pathname } = useLocation();
  // Whoever looks through another person's eyes begins where that person would.
  if (!can(page) && viewAs) return <Navigate to="/" replace />;
  if (!can(page)) return <Navigate to={`/unauthorized?from=${encodeURIComponent(pathname)}`} replace />;
  return children;
}
