import CheckBadge from '@heroicons/react/16/solid/CheckBadgeIcon';
import Plus from '@heroicons/react/16/solid/PlusIcon';
import QueueList from '@heroicons/react/16/solid/QueueListIcon';
import { lazy } from 'react';
import { defineModule } from '@/kernel/modules';
import type { Noun } from '@/kernel/records/noun';
import english from './messages/production.en.json';

const { dashboard, myTasks, schedule } = english.production;

export default defineModule({
  key: 'production',
  name: { en: 'Production' },
  nouns: import.meta.glob<Noun>('./*.noun.tsx', { eager: true, import: 'default' }),
  settings: [
    {
      name: 'workDays',
      kind: 'own',
      label: { en: 'Work week' },
      Component: lazy(() => import('./settings/WorkDays')),
    },
    {
      name: 'holidays',
      kind: 'own',
      label: { en: 'Holidays' },
      help: { en: 'Dates that fall on one are marked, and nobody is refused.' },
      Component: lazy(() => import('./settings/Holidays')),
    },
    { name: 'currency', kind: 'text', label: { en: 'Currency of budgets' }, help: { en: 'Three letters, like EUR.' } },
    {
      name: 'lists',
      kind: 'own',
      label: { en: 'Lists' },
      Component: lazy(() => import('./settings/Lists')),
    },
  ],
  dashboard: {
    Component: lazy(() => import('./dashboard/Dashboard')),
    action: { page: 'projects', to: '/projects/new', icon: Plus, label: dashboard.addProject },
  },
  screens: [
    {
      page: 'schedule',
      path: '/my-tasks',
      label: myTasks.title,
      icon: CheckBadge,
      order: 15,
      go: 'm',
      Component: lazy(() => import('./tasks/MyTasks')),
    },
    {
      page: 'schedule',
      path: '/schedule',
      label: schedule.title,
      icon: QueueList,
      order: 35,
      go: 'h',
      Component: lazy(() => import('./schedule/Schedule')),
    },
  ],
  messages: english,
});
