import CalendarDays from '@heroicons/react/16/solid/CalendarDaysIcon';
import { lazy } from 'react';
import { defineModule } from '@/kernel/modules';
import type { Noun } from '@/kernel/records/noun';
import calls from './messages/calls.en.json';
import candidates from './messages/candidates.en.json';
import dashboard from './messages/dashboard.en.json';
import interviews from './messages/interviews.en.json';

export default defineModule({
  key: 'recruiting',
  name: { en: 'Recruiting' },
  nouns: import.meta.glob<Noun>('./*.noun.tsx', { eager: true, import: 'default' }),
  settings: [
    {
      name: 'interviewBufferMinutes',
      kind: 'number',
      label: { en: 'Pause between interviews (minutes)' },
      help: { en: 'Kept free before and after each interview of one person. Counts for what is booked from now on.' },
      min: 0,
      max: 60,
    },
    {
      name: 'moveToInterviewedOnCompletion',
      kind: 'flag',
      label: { en: 'Move candidates on by themselves' },
      help: { en: 'Who completes a first interview becomes “interviewed”.' },
    },
  ],
  screens: [],
  dashboard: {
    Component: lazy(() => import('./dashboard/Dashboard')),
    action: { page: 'interviews', to: '/interviews/new', icon: CalendarDays, label: dashboard.dashboard.schedule },
  },
  messages: { ...calls, ...candidates, ...dashboard, ...interviews },
});
