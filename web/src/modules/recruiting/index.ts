import Home from '@heroicons/react/16/solid/HomeIcon';
import { lazy } from 'react';
import { defineModule } from '@/kernel/modules';
import type { Noun } from '@/kernel/records/noun';
import candidates from './messages/candidates.en.json';
import dashboard from './messages/dashboard.en.json';

export default defineModule({
  key: 'recruiting',
  name: { en: 'Recruiting' },
  nouns: import.meta.glob<Noun>('./*.noun.tsx', { eager: true, import: 'default' }),
  screens: [
    {
      page: 'dashboard',
      path: '/dashboard',
      label: dashboard.dashboard.title,
      icon: Home,
      order: 10,
      go: 'd',
      Component: lazy(() => import('./dashboard/Dashboard')),
    },
  ],
  messages: { ...candidates, ...dashboard },
});
