import Home from '@heroicons/react/16/solid/HomeIcon';
import { lazy } from 'react';
import messages from '@/kernel/messages/en.json';
import type { ModuleDeclaration } from '@/kernel/modules';

/** The one dashboard, above all modules, for workspaces with a module that has a part in it. */
export const home: ModuleDeclaration = {
  key: 'home',
  name: { en: '' },
  nouns: [],
  screens: [
    {
      page: 'dashboard',
      path: '/dashboard',
      label: messages.dashboards.title,
      icon: Home,
      order: 10,
      go: 'd',
      Component: lazy(() => import('./Dashboard')),
    },
  ],
};
