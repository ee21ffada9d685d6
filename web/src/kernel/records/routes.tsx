import { lazy } from 'react';
import type { RouteObject } from 'react-router';
import type { Noun } from './noun';
import { RecordScreen } from './RecordScreen';

// Forms, date fields and pickers weigh more than the list: they come when the list is on the screen.
const panels = () => import('./panels');
const RecordCreate = lazy(async () => ({ default: (await panels()).RecordCreate }));
const RecordEdit = lazy(async () => ({ default: (await panels()).RecordEdit }));
const RecordPanel = lazy(async () => ({ default: (await panels()).RecordPanel }));

const ImportScreen = lazy(() => import('../exchange/import/ImportScreen'));

/** Loads the panels while nothing else is going on, so that opening the first record does not wait for them. */
export function preloadPanels() {
  setTimeout(() => panels().catch(() => undefined), 1_500);
}

/** The addresses of a noun: its list, the panels over it, and its imports. */
export function recordRoutes(noun: Noun): RouteObject[] {
  const importing = <ImportScreen key={noun.key} noun={noun} />;
  return [
    {
      path: noun.nav.path,
      element: <RecordScreen noun={noun} />,
      children: [
        { path: 'new', element: noun.Create ? <noun.Create noun={noun} /> : <RecordCreate noun={noun} /> },
        { path: ':id', element: <RecordPanel noun={noun} /> },
        { path: ':id/edit', element: <RecordEdit noun={noun} /> },
      ],
    },
    { path: `${noun.nav.path}/import`, element: importing },
    { path: `${noun.nav.path}/import/:id`, element: importing },
    { path: `${noun.nav.path}/import/:id/:step`, element: importing },
  ];
}
