import Banknotes from '@heroicons/react/16/solid/BanknotesIcon';
import type { BudgetLineInput, BudgetLineRow } from '@/api/types.gen';
import { choice, date, lookup, number, text } from '@/kernel/records/fields';
import { defineNoun } from '@/kernel/records/noun';
import { departments, departmentWords } from './departments';
import { Month } from './projects/Month';
import { budgets } from './projects/parts';

export default defineNoun<BudgetLineRow, BudgetLineInput>({
  ...budgets,
  page: 'projects',
  unnamed: true,
  nav: { path: '/budgets', icon: Banknotes, order: 93, hidden: true },
  words: {
    en: {
      one: 'Budget line',
      many: 'Budgets',
      create: 'Add budget line',
      purpose: 'What a department may spend on a project in a month, and what it spent.',
      fields: {
        projectId: 'Project',
        department: 'Department',
        month: 'Month',
        plannedAmount: 'Planned',
        actualAmount: 'Spent',
        currency: 'Currency',
        note: 'Note',
      },
      values: { department: departmentWords },
      help: { month: 'Any day of the month.', currency: 'The project’s when empty.' },
    },
  },
  fields: {
    projectId: lookup('/api/v1/production/projects/lookup', {
      required: true,
      nameField: 'projectTitle',
      opens: { page: 'projects', path: '/projects' },
    }),
    department: choice(departments, { required: true, width: 140 }),
    month: date({ required: true, width: 120 }),
    plannedAmount: number({ min: 0, required: true, as: 'amount', width: 110 }),
    actualAmount: number({ min: 0, required: true, as: 'amount', width: 110 }),
    currency: text({ maxLength: 3, width: 84 }),
    note: text({ maxLength: 500 }),
  },
  title: line => `${line.projectTitle}: ${departmentWords[line.department]}`,
  list: {
    columns: [
      'projectId',
      'department',
      { id: 'month', sort: 'month', width: 130, cell: line => <Month of={line.month} /> },
      'plannedAmount',
      'actualAmount',
      'currency',
      'note',
    ],
    phone: { aside: 'plannedAmount', meta: ['department', 'month'] },
    filters: ['projectId', 'department', 'month'],
    sorts: ['month', 'department'],
    defaultSort: 'month',
  },
  form: {
    fields: ['projectId', 'department', 'month', 'plannedAmount', 'actualAmount', 'currency', 'note'],
    halves: ['department', 'month', 'plannedAmount', 'actualAmount'],
    defaults: () => ({ plannedAmount: 0, actualAmount: 0 }),
    schema: async () => (await import('@/api/budgets/zod.gen')).zBudgetLineInput,
  },
});
