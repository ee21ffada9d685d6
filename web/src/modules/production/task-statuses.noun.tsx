import Swatch from '@heroicons/react/16/solid/SwatchIcon';
import { lazy } from 'react';
import type { TaskStatusInput, TaskStatusRow } from '@/api/types.gen';
import { flag, number, text } from '@/kernel/records/fields';
import { defineNoun } from '@/kernel/records/noun';
import { ColorDot } from '@/ui/parts/StateDot';
import { taskStatuses } from './tasks/collection';

const ColorField = lazy(() => import('./tasks/ColorField'));

export default defineNoun<TaskStatusRow, TaskStatusInput>({
  ...taskStatuses,
  page: 'schedule',
  nav: { path: '/task-statuses', icon: Swatch, order: 95, hidden: true },
  words: {
    en: {
      one: 'Task status',
      many: 'Task statuses',
      create: 'Add status',
      purpose: 'The states tasks can be in, in the school’s own words.',
      fields: {
        name: 'Name',
        shortName: 'Short',
        color: 'Colour',
        isDone: 'Means done',
        isDefault: 'New tasks get it',
        isRetake: 'Sent back',
        isFeedbackRequest: 'Asks for feedback',
        isWip: 'In progress',
        clientVisible: 'Clients see it',
        sort: 'Order',
      },
      help: {
        isRetake: 'Entering it counts a retake.',
        isDefault: 'The status that had the mark before loses it.',
      },
    },
  },
  fields: {
    name: text({ required: true, maxLength: 80 }),
    shortName: text({ required: true, maxLength: 12, width: 96 }),
    color: text({ required: true, maxLength: 7 }),
    isDone: flag({ width: 104 }),
    isDefault: flag({ width: 128 }),
    isRetake: flag({ width: 96 }),
    isFeedbackRequest: flag({ width: 140 }),
    isWip: flag({ width: 104 }),
    clientVisible: flag({ width: 112 }),
    sort: number({ required: true, min: 0, max: 10_000, width: 76 }),
  },
  title: status => status.name,
  list: {
    columns: [
      { id: 'name', sort: 'name', cell: status => <ColorDot color={status.color}>{status.name}</ColorDot> },
      'shortName',
      'isDefault',
      'isWip',
      'isFeedbackRequest',
      'isRetake',
      'isDone',
      'clientVisible',
      'sort',
    ],
    phone: { aside: 'shortName', meta: ['isDone', 'isDefault'] },
    filters: ['isDone', 'clientVisible'],
    sorts: ['sort', 'name'],
    defaultSort: 'sort',
  },
  form: {
    fields: [
      'name',
      'shortName',
      'color',
      'sort',
      'isDefault',
      'isWip',
      'isFeedbackRequest',
      'isRetake',
      'isDone',
      'clientVisible',
    ],
    halves: ['shortName', 'sort'],
    inputs: { color: ColorField },
    defaults: () => ({ color: '#8A94A6', sort: 0 }),
    schema: async () => (await import('@/api/task-statuses/zod.gen')).zTaskStatusInput,
  },
});
