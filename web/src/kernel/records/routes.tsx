import { lazy } from 'react';
import type { RouteObject } from 'react-router';
import type { Noun } from './noun';
import { RecordScreen } from './RecordScreen';

// Forms, date fields and pickers weigh more than the list: they come when the list is on the screen.
const panels = () => import('./panels');
const RecordCreate = lazy(async () => ({ default: (await panels()).RecordCreate }));
const RecordEdit = lazy(async () => ({ default: (await panels()).RecordEdit }));
const RecordPanel = lazy(async () => ({ default: (await panels()).RecordPanel }));

/** Loads the panels while nothing else is going on, so that opening the first record does not wait for them. */
export function preloadPanels() {
  setTimeout(() => panels().catch(() => undefined), 1_500);
}

/** The addresses of a noun: its list, and the panels over it. */
export function recordRoutes(noun: Noun): RouteObject {
  return {
    path: noun.nav.path,
    element: <RecordScreen noun={noun} />,
    children: [
      { path: 'new', element: noun.Create ? <noun.Create noun={noun} /> : <RecordCreate noun={noun} /> },
      { path: ':id', element: <RecordPanel noun={noun} /> },
      { path: ':id/edit', element: <RecordEdit noun={noun} /> },
    ],
  };
}
