import { Navigate } from 'react-router';

/** The first screen the person may open. */
export function Start({ path }: { path: string }) {
  return <Navigate to={path} replace />;
}
