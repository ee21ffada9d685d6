import ArrowUturnLeft from '@heroicons/react/16/solid/ArrowUturnLeftIcon';
import Eye from '@heroicons/react/16/solid/EyeIcon';
import Key from '@heroicons/react/16/solid/KeyIcon';
import Users from '@heroicons/react/16/solid/UsersIcon';
import { lazy } from 'react';
import type { UserInput, UserRow } from '@/api/types.gen';
import { choice, flag, moment, text } from '@/kernel/records/fields';
import { defineNoun } from '@/kernel/records/noun';
import { session } from '@/kernel/session/session';
import { Person } from '@/ui/parts/Avatar';
import { resetExceptions, viewAs } from '../access/calls';
import { peopleGuard } from './guard';

const isMe = (user: UserRow) => session.get().me?.user.id === user.id;

export default defineNoun<UserRow, UserInput>({
  key: 'users',
  page: 'user_management',
  path: '/api/v1/users',
  nav: { path: '/users', icon: Users, order: 10, go: 'u' },
  words: {
    en: {
      one: 'Person',
      many: 'People',
      create: 'Add person',
      purpose: 'Everybody who may sign in to this organisation, and what each of them may open.',
      fields: {
        fullName: 'Name',
        email: 'E-mail',
        role: 'Role',
        active: 'Active',
        password: 'First password',
        lastSignInAt: 'Last sign-in',
        createdAt: 'Added',
        access: 'Permissions',
      },
      values: { role: { admin: 'Admin', manager: 'Manager', agent: 'Agent', viewer: 'Viewer' } },
      help: {
        active: 'Who is not active is signed out at once and can’t sign in.',
        password: 'At least 12 characters. The person can change it after signing in.',
      },
      verbs: { viewAs: 'View as this person', access: 'Reset permissions to the role' },
    },
  },
  fields: {
    fullName: text({ required: true }),
    email: text({ required: true, input: 'email', maxLength: 254, width: 240 }),
    role: choice({ admin: null, manager: null, agent: null, viewer: null }, { required: true, width: 110 }),
    active: flag({ width: 80 }),
    lastSignInAt: moment({ readOnly: true, width: 150 }),
    createdAt: moment({ readOnly: true, width: 150 }),
  },
  title: user => user.fullName,
  list: {
    columns: [
      { id: 'fullName', cell: user => <Person name={user.fullName} /> },
      'email',
      'role',
      'active',
      'lastSignInAt',
      'createdAt',
    ],
    hidden: ['createdAt'],
    phone: { aside: 'role', meta: ['email', 'lastSignInAt'] },
    filters: ['role', 'active', 'lastSignInAt'],
    sorts: ['fullName', 'email', 'role', 'active', 'lastSignInAt', 'createdAt'],
    defaultSort: 'fullName',
    views: [{ key: 'access', icon: Key, Component: lazy(() => import('../access/AccessView')) }],
  },
  form: { fields: ['fullName', 'email', 'role', 'active'] },
  details: ['fullName', 'email', 'role', 'active', 'lastSignInAt'],
  verbs: [
    { id: 'viewAs', icon: Eye, when: user => user.active && !isMe(user), run: user => viewAs(user.id) },
    { id: 'access', icon: ArrowUturnLeft, run: user => resetExceptions(user.id) },
  ],
  tabs: [{ key: 'access', Component: lazy(() => import('../access/PersonAccess')) }],
  guard: peopleGuard,
  Create: lazy(() => import('./AddPerson')),
});
