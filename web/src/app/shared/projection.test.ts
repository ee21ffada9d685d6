import { describe, expect, it } from 'vitest';
import { choice, lookup, text } from '@/kernel/records/fields';
import type { Noun } from '@/kernel/records/noun';
import { readableFields, titleOf } from './projection';

const noun = {
  fields: {
    fullName: text({}),
    status: choice({ applied: null }, {}),
    ownerId: lookup('/api/v1/users/lookup', { nameField: 'ownerName', person: true }),
  },
  title: (row: { fullName: string }) => row.fullName.trim(),
  form: { fields: ['fullName', 'status', 'ownerId'] },
} as unknown as Noun;

describe('what somebody outside reads', () => {
  it('is what the record says, in the order of its form, without ids', () => {
    const fields = { id: '1', version: 3, status: 'applied', ownerId: '2', fullName: 'Ada', createdAt: '2026-01-01' };
    expect(readableFields(fields, noun)).toEqual(['fullName', 'status']);
    expect(readableFields({ ...fields, ownerName: 'Bea' }, noun)).toEqual(['fullName', 'status', 'ownerId']);
  });

  it('leaves out what is empty and what this link does not show', () => {
    expect(readableFields({ status: 'applied', fullName: '' }, noun)).toEqual(['status']);
  });

  it('is readable also of a noun this client does not know', () => {
    expect(readableFields({ id: '1', amount: 3, clientId: '2', lines: [{}], tags: [] }, undefined)).toEqual(['amount']);
  });
});

describe('the title of a shared record', () => {
  it('is its own where the link shows it, else the word for what it is', () => {
    expect(titleOf({ fullName: 'Ada' }, noun, 'Candidate')).toBe('Ada');
    expect(titleOf({}, noun, 'Candidate')).toBe('Candidate');
    expect(titleOf({}, undefined, 'Record')).toBe('Record');
  });
});
