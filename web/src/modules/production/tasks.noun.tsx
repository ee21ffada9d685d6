import CheckCircle from '@heroicons/react/16/solid/CheckCircleIcon';
import { lazy } from 'react';
import type { TaskInput, TaskRow } from '@/api/types.gen';
import { choice, date, longText, lookup, lookups, moment, number, text } from '@/kernel/records/fields';
import { daysAround } from '@/kernel/records/filters';
import { lazyPart } from '@/kernel/records/lazyPart';
import { defineNoun } from '@/kernel/records/noun';
import { ColorDot } from '@/ui/parts/StateDot';
import english from './messages/production.en.json';
import { openStatuses, statusTones } from './projects/statuses';
import { Assignees } from './tasks/Assignees';
import { tasks } from './tasks/collection';
import { DueDate } from './tasks/DueDate';

export default defineNoun<TaskRow, TaskInput>({
  ...tasks,
  page: 'schedule',
  nav: { path: '/tasks', icon: CheckCircle, order: 40, go: 't' },
  words: {
    en: {
      one: 'Task',
      many: 'Tasks',
      create: 'Add task',
      purpose: 'The work on all productions: who does it, until when, and how much of it is done.',
      fields: {
        projectId: 'Project',
        projectStatus: 'Project’s status',
        taskTypeId: 'Kind of work',
        title: 'Title',
        description: 'Description',
        statusId: 'Status',
        assigneeIds: 'Students',
        responsibleUserId: 'Responsible',
        start: 'Start',
        due: 'Due',
        estimateMin: 'Estimate',
        spentMin: 'Spent',
        completion: 'Done (%)',
        difficulty: 'Difficulty',
        retakeCount: 'Retakes',
        sort: 'Order',
        doneAt: 'Finished',
        time: 'Time',
      },
      help: {
        estimateMin: 'In minutes: 480 is a day.',
        difficulty: 'From 1, easy, to 5.',
        statusId: 'The workspace’s first status when empty.',
      },
      values: { projectStatus: english.production.projects.statuses },
      presets: { open: 'Open', week: 'Next 7 days', late: 'Overdue' },
    },
  },
  fields: {
    projectId: lookup('/api/v1/production/projects/lookup', {
      required: true,
      nameField: 'projectTitle',
      opens: { page: 'projects', path: '/projects' },
      width: 190,
    }),
    projectStatus: choice(statusTones, { readOnly: true, width: 136 }),
    taskTypeId: lookup('/api/v1/production/task-types/lookup', { nameField: 'taskTypeName', width: 130 }),
    title: text({ required: true }),
    description: longText({ maxLength: 20_000 }),
    statusId: lookup('/api/v1/production/task-statuses/lookup', { nameField: 'statusName', width: 150 }),
    assigneeIds: lookups('/api/v1/production/students/lookup', { width: 180 }),
    responsibleUserId: lookup('/api/v1/users/lookup', { nameField: 'responsibleName', person: true, width: 150 }),
    start: date({ width: 112 }),
    due: date({ width: 112 }),
    estimateMin: number({ min: 0, as: 'work', width: 96 }),
    spentMin: number({ readOnly: true, as: 'work', width: 96 }),
    completion: number({ min: 0, max: 100, width: 84 }),
    difficulty: number({ min: 1, max: 5, width: 84 }),
    retakeCount: number({ readOnly: true, width: 84 }),
    doneAt: moment({ readOnly: true, width: 120 }),
    createdAt: moment({ readOnly: true, width: 120 }),
    updatedAt: moment({ readOnly: true, width: 120 }),
  },
  title: task => task.title,
  list: {
    columns: [
      { id: 'title', sort: 'title', cell: task => <span className="truncate">{task.title}</span> },
      'projectId',
      {
        id: 'taskTypeId',
        width: 140,
        cell: task =>
          task.taskTypeName && <ColorDot color={task.taskTypeColor ?? '#8a94a6'}>{task.taskTypeName}</ColorDot>,
      },
      {
        id: 'statusId',
        width: 156,
        cell: task => <ColorDot color={task.statusColor}>{task.statusName}</ColorDot>,
      },
      { id: 'assigneeIds', width: 170, cell: task => <Assignees names={task.assigneeNames} /> },
      { id: 'due', sort: 'due', width: 116, cell: task => <DueDate row={task} /> },
      'estimateMin',
      'spentMin',
      'completion',
      'start',
      'responsibleUserId',
      'difficulty',
      'retakeCount',
    ],
    hidden: ['spentMin', 'completion', 'start', 'responsibleUserId', 'difficulty', 'retakeCount'],
    phone: { aside: 'due', meta: ['statusId', 'projectId'] },
    filters: ['projectId', 'projectStatus', 'statusId', 'taskTypeId', 'responsibleUserId', 'due', 'doneAt'],
    sorts: ['title', 'start', 'due', 'completion'],
    defaultSort: 'due',
    firstPreset: 'open',
    presets: [
      { key: 'open', filters: () => ({ 'doneAt.null': 'true' }) },
      {
        key: 'week',
        filters: ({ workspace }) => {
          const { first, last } = daysAround(workspace, 0, 6);
          return { 'doneAt.null': 'true', 'due.gte': first, 'due.lte': last };
        },
      },
      {
        key: 'late',
        filters: ({ workspace }) => ({
          projectStatus: openStatuses,
          'doneAt.null': 'true',
          'due.lt': daysAround(workspace, 0, 0).first,
        }),
      },
    ],
  },
  form: {
    fields: [
      'title',
      'projectId',
      'taskTypeId',
      'statusId',
      'assigneeIds',
      'responsibleUserId',
      'start',
      'due',
      'estimateMin',
      'completion',
      'difficulty',
      'description',
    ],
    halves: ['taskTypeId', 'statusId', 'start', 'due', 'estimateMin', 'difficulty'],
    defaults: () => ({ completion: 0 }),
    schema: async () => (await import('@/api/tasks/zod.gen')).zTaskInput,
  },
  details: [
    'projectId',
    'taskTypeId',
    'start',
    'due',
    'estimateMin',
    'spentMin',
    'completion',
    'difficulty',
    'responsibleUserId',
    'retakeCount',
    'assigneeIds',
    'description',
  ],
  Heading: lazyPart(() => import('./tasks/TaskHeading')),
  tabs: [{ key: 'time', Component: lazy(() => import('./tasks/TimeTab')) }],
});
