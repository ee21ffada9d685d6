import DocumentDuplicate from '@heroicons/react/16/solid/DocumentDuplicateIcon';
import { lazy } from 'react';
import type { ProjectTemplateInput, ProjectTemplateRow } from '@/api/types.gen';
import { choice, longText, moment, number, text } from '@/kernel/records/fields';
import { defineNoun } from '@/kernel/records/noun';
import { projectTypes, projectTypeWords } from './projects/kinds';
import { templates } from './projects/parts';

export default defineNoun<ProjectTemplateRow, ProjectTemplateInput>({
  ...templates,
  page: 'projects',
  nav: { path: '/templates', icon: DocumentDuplicate, order: 60, level: 'write' },
  words: {
    en: {
      one: 'Template',
      many: 'Templates',
      create: 'Add template',
      purpose: 'How productions of a kind usually go: tasks, milestones and stages, counted in days from the start.',
      fields: {
        name: 'Name',
        type: 'For',
        description: 'Description',
        stepCount: 'Steps',
        steps: 'Steps',
        updatedAt: 'Changed',
      },
      values: { type: projectTypeWords },
    },
  },
  fields: {
    name: text({ required: true, maxLength: 120 }),
    type: choice(projectTypes, { width: 140 }),
    description: longText({ maxLength: 2_000 }),
    stepCount: number({ readOnly: true, width: 84 }),
    updatedAt: moment({ readOnly: true, width: 140 }),
  },
  title: template => template.name,
  list: {
    columns: ['name', 'type', 'stepCount', 'description', 'updatedAt'],
    phone: { aside: 'stepCount', meta: ['type'] },
    filters: ['type'],
    sorts: ['name'],
    defaultSort: 'name',
  },
  form: {
    fields: ['name', 'type', 'description'],
    schema: async () => (await import('@/api/project-templates/zod.gen')).zProjectTemplateInput,
  },
  tabs: [{ key: 'steps', Component: lazy(() => import('./templates/StepsTab')) }],
});
