import ArchiveBox from '@heroicons/react/16/solid/ArchiveBoxIcon';
import ClockIcon from '@heroicons/react/16/solid/ClockIcon';
import Cog from '@heroicons/react/16/solid/Cog6ToothIcon';
import UserCircle from '@heroicons/react/16/solid/UserCircleIcon';
import { lazy } from 'react';
import type { ModuleDeclaration } from '@/kernel/modules';
import messages from './messages.en.json';
import users from './people/users.noun';

/** Screens of the workspace itself, for every tenant, below those of its modules. */
export const platform: ModuleDeclaration = {
  key: 'platform',
  name: { en: 'Organisation' },
  nouns: [users],
  screens: [
    {
      // Everybody has it; the server shows each person what is theirs to see.
      page: null,
      path: '/activity',
      label: 'Activity',
      icon: ClockIcon,
      order: 20,
      go: 'a',
      Component: lazy(() => import('./activity/Activity')),
    },
    {
      page: 'backup',
      path: '/backup',
      label: 'Backup',
      icon: ArchiveBox,
      order: 25,
      go: 'b',
      Component: lazy(() => import('./backup/Backup')),
    },
    {
      page: 'settings',
      path: '/settings',
      label: 'Settings',
      icon: Cog,
      order: 30,
      go: 's',
      Component: lazy(() => import('./settings/Settings')),
    },
    {
      // One's own account is nobody's to take away.
      page: null,
      path: '/profile',
      label: 'Profile',
      icon: UserCircle,
      order: 40,
      hidden: true,
      Component: lazy(() => import('./settings/Account')),
    },
  ],
  messages,
};
