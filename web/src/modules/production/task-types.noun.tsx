import Wrench from '@heroicons/react/16/solid/WrenchScrewdriverIcon';
import { lazy } from 'react';
import type { TaskTypeInput, TaskTypeRow } from '@/api/types.gen';
import { choice, number, text } from '@/kernel/records/fields';
import { defineNoun } from '@/kernel/records/noun';
import { ColorDot } from '@/ui/parts/StateDot';
import { departments, departmentWords } from './departments';
import { taskTypes } from './tasks/collection';

const ColorField = lazy(() => import('./tasks/ColorField'));

export default defineNoun<TaskTypeRow, TaskTypeInput>({
  ...taskTypes,
  page: 'schedule',
  nav: { path: '/task-types', icon: Wrench, order: 96, hidden: true },
  words: {
    en: {
      one: 'Kind of work',
      many: 'Kinds of work',
      create: 'Add kind of work',
      purpose: 'What people do on a production: edit, sound design, colour.',
      fields: { name: 'Name', shortName: 'Short', color: 'Colour', department: 'Department', sort: 'Order' },
      values: { department: departmentWords },
    },
  },
  fields: {
    name: text({ required: true, maxLength: 80 }),
    shortName: text({ required: true, maxLength: 12, width: 110 }),
    color: text({ required: true, maxLength: 7 }),
    department: choice(departments, { required: true, width: 160 }),
    sort: number({ required: true, min: 0, max: 10_000, width: 76 }),
  },
  title: type => type.name,
  list: {
    columns: [
      { id: 'name', sort: 'name', cell: type => <ColorDot color={type.color}>{type.name}</ColorDot> },
      'shortName',
      'department',
      'sort',
    ],
    phone: { aside: 'shortName', meta: ['department'] },
    filters: ['department'],
    sorts: ['sort', 'name'],
    defaultSort: 'sort',
  },
  form: {
    fields: ['name', 'shortName', 'department', 'color', 'sort'],
    halves: ['shortName', 'department'],
    inputs: { color: ColorField },
    defaults: () => ({ color: '#2563EB', department: 'other', sort: 0 }),
    schema: async () => (await import('@/api/task-types/zod.gen')).zTaskTypeInput,
  },
});
