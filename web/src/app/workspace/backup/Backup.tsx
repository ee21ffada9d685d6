import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { useLocale, useTimeZone } from 'use-intl';
import { Messages } from '@/kernel/i18n/Messages';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import messages from './messages.en.json';

const Overview = lazy(() => import('./Overview'));
const Log = lazy(() => import('./Log'));
const Schedule = lazy(() => import('./Schedule'));
const Restore = lazy(() => import('./restore/Restore'));

/** `/backup`: how the workspace is kept safe, and the way back. */
export default function Backup() {
  return (
    <Messages add={messages} locale={useLocale()} timeZone={useTimeZone() ?? 'UTC'}>
      <Suspense fallback={<SkeletonRows />}>
        <Routes>
          <Route path="log" element={<Log />} />
          <Route path="settings" element={<Schedule />} />
          <Route path=":id/restore" element={<Restore />} />
          <Route path=":id/restore/:step" element={<Restore />} />
          <Route path=":id?" element={<Overview />} />
        </Routes>
      </Suspense>
    </Messages>
  );
}
