import ListBullet from '@heroicons/react/16/solid/ListBulletIcon';
import type { TemplateStepInput, TemplateStepRow } from '@/api/types.gen';
import { choice, lookup, number, text } from '@/kernel/records/fields';
import { defineNoun } from '@/kernel/records/noun';
import english from './messages/production.en.json';
import { templateSteps } from './projects/parts';

export default defineNoun<TemplateStepRow, TemplateStepInput>({
  ...templateSteps,
  page: 'projects',
  unnamed: true,
  nav: { path: '/template-steps', icon: ListBullet, order: 94, hidden: true },
  words: {
    en: {
      one: 'Step',
      many: 'Steps',
      create: 'Add step',
      purpose: 'What a template plans.',
      fields: {
        templateId: 'Template',
        kind: 'Kind',
        name: 'Name',
        stage: 'Stage',
        taskTypeId: 'Kind of work',
        offsetDays: 'Days after the start',
        durationDays: 'Takes days',
        estimateMin: 'Estimate',
        sort: 'Order',
      },
      values: {
        kind: { task: 'Task', milestone: 'Milestone', stage: 'Stage' },
        stage: english.production.projects.stages,
      },
      help: { stage: 'For a step of kind stage only.', estimateMin: 'In minutes.', offsetDays: '0 is the first day.' },
    },
  },
  fields: {
    templateId: lookup('/api/v1/production/project-templates/lookup', {
      required: true,
      nameField: 'templateName',
      opens: { page: 'projects', path: '/templates' },
      width: 180,
    }),
    kind: choice({ task: 'blue', milestone: 'violet', stage: 'amber' }, { required: true, width: 110 }),
    name: text({ required: true }),
    stage: choice({ shoot: null, grade: null, mix: null, delivery: null }, { width: 110 }),
    taskTypeId: lookup('/api/v1/production/task-types/lookup', { nameField: 'taskTypeName', width: 140 }),
    offsetDays: number({ required: true, min: 0, max: 2_000, width: 110 }),
    durationDays: number({ required: true, min: 1, max: 1_000, width: 110 }),
    estimateMin: number({ min: 0, as: 'work', width: 100 }),
    sort: number({ min: 0, max: 10_000 }),
  },
  title: step => step.name,
  list: {
    columns: ['name', 'kind', 'templateId', 'offsetDays', 'durationDays', 'taskTypeId'],
    phone: { aside: 'offsetDays', meta: ['kind', 'templateId'] },
    filters: ['templateId', 'kind'],
    sorts: ['sort', 'offsetDays', 'name'],
    defaultSort: 'sort',
  },
  form: {
    fields: ['templateId', 'kind', 'stage', 'name', 'offsetDays', 'durationDays', 'taskTypeId', 'estimateMin', 'sort'],
    halves: ['kind', 'stage', 'offsetDays', 'durationDays', 'taskTypeId', 'estimateMin'],
    defaults: () => ({ kind: 'task', offsetDays: 0, durationDays: 1, sort: 0 }),
    schema: async () => (await import('@/api/template-steps/zod.gen')).zTemplateStepInput,
  },
});
