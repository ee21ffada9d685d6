import { describe, expect, it } from 'vitest';
import { number, text } from './fields';
import { defineNoun } from './noun';
import { withoutStaffFields } from './staffFields';

const noun = defineNoun<{ title: string; budget: number | null }, { title: string; budget: number | null }>({
  key: 'films',
  page: 'films',
  path: '/films',
  nav: { path: '/films', icon: () => null, order: 1 },
  words: { en: { one: 'Film', many: 'Films', create: 'Add', purpose: '', fields: {} } },
  fields: { title: text(), budget: number({ staffOnly: true }) },
  title: film => film.title,
  list: {
    columns: ['title', { id: 'budget', cell: film => film.budget }],
    phone: { meta: [] },
    filters: [],
    sorts: ['title'],
    defaultSort: 'title',
  },
  form: { fields: ['title', 'budget'] },
  details: ['title', 'budget'],
});

describe('a noun without what is for staff', () => {
  it('has it neither as a column nor in the form nor among the details', () => {
    const seen = withoutStaffFields(noun);
    expect(seen.list.columns).toEqual(['title']);
    expect(seen.form.fields).toEqual(['title']);
    expect(seen.details).toEqual(['title']);
    expect(Object.keys(seen.fields)).toEqual(['title']);
    expect(noun.form.fields).toEqual(['title', 'budget']);
  });

  it('is the noun itself where nothing is hidden', () => {
    const seen = withoutStaffFields(noun);
    expect(withoutStaffFields(seen)).toBe(seen);
  });
});
