/** The departments of a production, in the order of the lists. */
export const departments = {
  production: null,
  camera: null,
  light: null,
  sound: null,
  art: null,
  edit: null,
  colour: null,
  mix: null,
  music: null,
  other: null,
} as const;

export const departmentWords = {
  production: 'Production',
  camera: 'Camera',
  light: 'Light',
  sound: 'Sound',
  art: 'Art department',
  edit: 'Edit',
  colour: 'Colour',
  mix: 'Mix',
  music: 'Music',
  other: 'Other',
} as const;
