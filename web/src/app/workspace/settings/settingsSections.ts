import { lazy } from 'react';

/** One's own account: everybody's. */
export const account = [
  { key: 'profile', page: null, Component: lazy(() => import('./Profile')) },
  { key: 'notifications', page: null, Component: lazy(() => import('./Notifications')) },
  { key: 'password', page: null, Component: lazy(() => import('./Password')) },
  { key: 'sessions', page: null, Component: lazy(() => import('./Sessions')) },
  { key: 'two-factor', page: null, Component: lazy(() => import('./TwoFactor')) },
] as const;

/** The workspace's own. */
export const workspace = [
  { key: 'workspace', page: 'settings', Component: lazy(() => import('./Workspace')) },
  { key: 'invitations', page: 'user_management', Component: lazy(() => import('./Invitations')) },
] as const;

export type SettingsSection = (typeof account)[number] | (typeof workspace)[number];
