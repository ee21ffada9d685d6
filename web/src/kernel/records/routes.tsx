import type { RouteObject } from 'react-router';
import type { Noun } from './noun';
import { RecordCreate } from './RecordCreate';
import { RecordEdit } from './RecordEdit';
import { RecordPanel } from './RecordPanel';
import { RecordScreen } from './RecordScreen';

/** The addresses of a noun: its list, and the panels over it. */
export function recordRoutes(noun: Noun): RouteObject {
  return {
    path: noun.nav.path,
    element: <RecordScreen noun={noun} />,
    children: [
      { path: 'new', element: <RecordCreate noun={noun} /> },
      { path: ':id', element: <RecordPanel noun={noun} /> },
      { path: ':id/edit', element: <RecordEdit noun={noun} /> },
    ],
  };
}
