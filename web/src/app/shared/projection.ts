import { fieldOf, type Noun } from '@/kernel/records/noun';

// Said by the page itself, or of no use to somebody outside.
const own = new Set(['id', 'version', 'deletedAt', 'createdAt', 'updatedAt']);

/** The fields worth showing to somebody outside, those of the record's panel first: nothing empty, no ids. */
export function readableFields(fields: Readonly<Record<string, unknown>>, noun: Noun | undefined): string[] {
  const declared = noun ? [...new Set([...(noun.details ?? []), ...noun.form.fields])] : Object.keys(fields);
  return declared.filter(name => {
    const value = fields[name];
    if (own.has(name) || value === null || value === undefined || value === '') return false;
    if (Array.isArray(value) && value.length === 0) return false;
    const field = noun && fieldOf(noun, name);
    if (field?.kind === 'lookup') return field.nameField !== undefined && typeof fields[field.nameField] === 'string';
    // Names of these would have to be asked for, which takes an account.
    if (field && 'path' in field) return false;
    return field !== undefined || (typeof value !== 'object' && !/Ids?$/.test(name));
  });
}

/** What the page is called: the record's own title where the link shows it. */
export function titleOf(fields: Readonly<Record<string, unknown>>, noun: Noun | undefined, one: string): string {
  try {
    const title = noun?.title(fields as never);
    return typeof title === 'string' && title.trim() !== '' && !/undefined|null/.test(title) ? title : one;
  } catch {
    return one;
  }
}
