import DocumentDuplicate from '@heroicons/react/16/solid/DocumentDuplicateIcon';
import type { ScheduleVersionInput, ScheduleVersionRow } from '@/api/types.gen';
import { choice, longText, lookup, moment, number, text } from '@/kernel/records/fields';
import { lazyPart } from '@/kernel/records/lazyPart';
import { defineNoun } from '@/kernel/records/noun';
import { scheduleVersions } from './schedule/collection';

export default defineNoun<ScheduleVersionRow, ScheduleVersionInput>({
  ...scheduleVersions,
  page: 'schedule',
  nav: { path: '/schedule-drafts', icon: DocumentDuplicate, order: 97, hidden: true },
  words: {
    en: {
      one: 'Draft',
      many: 'Drafts of schedules',
      create: 'Make a draft',
      purpose: 'Another way a project could be planned, to be compared before it counts.',
      fields: {
        projectId: 'Project',
        name: 'Name',
        note: 'Note',
        status: 'Status',
        appliedAt: 'Applied',
        entryCount: 'Dates',
        createdAt: 'Made',
      },
      values: { status: { draft: 'Draft', locked: 'Agreed', applied: 'Applied' } },
      help: { projectId: 'The draft starts as what the project plans today.' },
    },
  },
  fields: {
    projectId: lookup('/api/v1/production/projects/lookup', {
      required: true,
      once: true,
      nameField: 'projectTitle',
      opens: { page: 'projects', path: '/projects' },
      width: 220,
    }),
    name: text({ required: true, maxLength: 120 }),
    note: longText({ maxLength: 2_000 }),
    status: choice({ draft: 'grey', locked: 'blue', applied: 'green' }, { readOnly: true, width: 110 }),
    entryCount: number({ readOnly: true, width: 84 }),
    appliedAt: moment({ readOnly: true, width: 140 }),
    createdAt: moment({ readOnly: true, width: 140 }),
  },
  title: version => version.name,
  list: {
    columns: ['name', 'projectId', 'status', 'entryCount', 'createdAt', 'appliedAt'],
    phone: { aside: 'status', meta: ['projectId'] },
    filters: ['status', 'projectId'],
    sorts: ['name', 'status', 'createdAt'],
    defaultSort: '-createdAt',
  },
  form: {
    fields: ['projectId', 'name', 'note'],
    schema: async () => (await import('@/api/schedule-versions/zod.gen')).zScheduleVersionInput,
  },
  details: ['projectId', 'entryCount', 'note'],
  Heading: lazyPart(() => import('./schedule/DraftHeading')),
});
