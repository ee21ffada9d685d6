/** What belongs to a project: for the parts their own declarations are made of. */
export const milestones = { key: 'milestones', path: '/api/v1/production/milestones' } as const;
export const budgets = { key: 'budgets', path: '/api/v1/production/budgets' } as const;
export const templates = { key: 'project-templates', path: '/api/v1/production/project-templates' } as const;
export const templateSteps = { key: 'template-steps', path: '/api/v1/production/template-steps' } as const;
