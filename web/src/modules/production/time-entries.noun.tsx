import Clock from '@heroicons/react/16/solid/ClockIcon';
import type { TimeEntryInput, TimeEntryRow } from '@/api/types.gen';
import { date, lookup, number, text } from '@/kernel/records/fields';
import { defineNoun } from '@/kernel/records/noun';
import { timeEntries } from './tasks/collection';

export default defineNoun<TimeEntryRow, TimeEntryInput>({
  ...timeEntries,
  page: 'schedule',
  unnamed: true,
  nav: { path: '/time', icon: Clock, order: 91, hidden: true },
  words: {
    en: {
      one: 'Time',
      many: 'Time',
      create: 'Write down time',
      purpose: 'Minutes people spent on tasks, day by day.',
      fields: {
        taskId: 'Task',
        studentId: 'Student',
        userId: 'Member of staff',
        personName: 'Person',
        date: 'Day',
        minutes: 'Minutes',
        note: 'Note',
        projectTitle: 'Project',
      },
      help: { studentId: 'You, when nobody is chosen.' },
    },
  },
  fields: {
    taskId: lookup('/api/v1/production/tasks/lookup', { required: true, nameField: 'taskTitle', width: 220 }),
    studentId: lookup('/api/v1/production/students/lookup', { nameField: 'personName', person: true }),
    userId: lookup('/api/v1/users/lookup', { nameField: 'personName', person: true }),
    personName: text({ readOnly: true }),
    date: date({ required: true, width: 120 }),
    minutes: number({ required: true, min: 1, max: 1_440, as: 'work', width: 96 }),
    note: text({ maxLength: 500 }),
    projectTitle: text({ readOnly: true, width: 180 }),
  },
  title: entry => entry.personName,
  list: {
    columns: ['personName', 'date', 'minutes', 'taskId', 'projectTitle', 'note'],
    phone: { aside: 'minutes', meta: ['date', 'taskId'] },
    filters: ['date', 'taskId', 'studentId', 'userId'],
    sorts: ['date', 'personName', 'minutes'],
    defaultSort: '-date',
  },
  form: {
    fields: ['taskId', 'date', 'minutes', 'studentId', 'userId', 'note'],
    halves: ['date', 'minutes'],
    schema: async () => (await import('@/api/time-entries/zod.gen')).zTimeEntryInput,
  },
});
