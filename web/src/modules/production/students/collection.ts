/** Where students live: for the parts their own declaration is made of, which can't import it. */
export const students = { key: 'students', path: '/api/v1/production/students' } as const;

/** Who does what on which project. */
export const crew = { key: 'crew', path: '/api/v1/production/crew' } as const;
