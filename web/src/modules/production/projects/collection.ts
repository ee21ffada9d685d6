/** Where projects live: for the parts their own declaration is made of, which can't import it. */
export const projects = {
  key: 'projects',
  path: '/api/v1/production/projects',
  // A project's row counts them.
  follows: ['crew', 'tasks'],
} as const;
