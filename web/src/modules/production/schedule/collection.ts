/** Drafts of schedules: for the parts their own declaration is made of, which can't import it. */
export const scheduleVersions = { key: 'schedule-versions', path: '/api/v1/production/schedule-versions' } as const;
