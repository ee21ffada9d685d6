import Flag from '@heroicons/react/16/solid/FlagIcon';
import type { MilestoneInput, MilestoneRow } from '@/api/types.gen';
import { date, lookup, moment, text } from '@/kernel/records/fields';
import { defineNoun } from '@/kernel/records/noun';
import { milestones } from './projects/parts';

export default defineNoun<MilestoneRow, MilestoneInput>({
  ...milestones,
  page: 'schedule',
  unnamed: true,
  nav: { path: '/milestones', icon: Flag, order: 92, hidden: true },
  words: {
    en: {
      one: 'Milestone',
      many: 'Milestones',
      create: 'Add milestone',
      purpose: 'Days that matter beside the four stages: a picture lock, a premiere, a festival’s deadline.',
      fields: {
        projectId: 'Project',
        name: 'Name',
        date: 'Day',
        doneAt: 'Reached',
        key: 'Key',
        color: 'Colour',
      },
      help: { key: 'A word programs know it by, where they need one.' },
      presets: { open: 'Open' },
    },
  },
  fields: {
    projectId: lookup('/api/v1/production/projects/lookup', {
      required: true,
      nameField: 'projectTitle',
      opens: { page: 'projects', path: '/projects' },
      width: 220,
    }),
    name: text({ required: true, maxLength: 120 }),
    date: date({ required: true, width: 120 }),
    doneAt: moment({ width: 140 }),
    key: text({ maxLength: 40, width: 120 }),
  },
  title: milestone => milestone.name,
  list: {
    columns: ['name', 'projectId', 'date', 'doneAt'],
    phone: { aside: 'date', meta: ['projectId'] },
    filters: ['projectId', 'date', 'doneAt'],
    sorts: ['date', 'name'],
    defaultSort: 'date',
    presets: [{ key: 'open', filters: () => ({ 'doneAt.null': 'true' }) }],
  },
  form: {
    fields: ['name', 'projectId', 'date', 'doneAt', 'key'],
    schema: async () => (await import('@/api/milestones/zod.gen')).zMilestoneInput,
  },
});
