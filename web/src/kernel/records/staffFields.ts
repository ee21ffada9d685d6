import type { Noun } from './noun';

/** The noun as those see it who see their own rows only: the server tells them nothing of what is for staff, so no screen asks for it. */
export function withoutStaffFields(noun: Noun): Noun {
  const isShown = (name: string) => !noun.fields[name]?.staffOnly;
  if (Object.keys(noun.fields).every(isShown)) return noun;
  return {
    ...noun,
    fields: Object.fromEntries(Object.entries(noun.fields).filter(([name]) => isShown(name))),
    list: {
      ...noun.list,
      columns: noun.list.columns.filter(column => isShown(typeof column === 'string' ? column : column.id)),
      filters: noun.list.filters.filter(isShown),
    },
    form: { ...noun.form, fields: noun.form.fields.filter(isShown) },
    ...(noun.details ? { details: noun.details.filter(isShown) } : {}),
  };
}
