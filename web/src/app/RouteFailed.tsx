import { useRouteError } from 'react-router';
import { Failure } from './Failure';

export function RouteFailed() {
  return <Failure error={useRouteError()} />;
}
