import { useState } from 'react';
import { request } from '../http/request';
import { refetch } from './changes';
import type { RecordRow } from './fields';
import type { Noun } from './noun';

/** Not `crypto.randomUUID`, which a page without TLS does not have. */
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');

/**
 * Adds the record of one form. The same values sent again (a second click, an answer that was lost on the way) are the same
 * request to the server: they make no second record.
 */
export function createOnce(noun: Pick<Noun, 'key' | 'path'>) {
  let sent: { values: string; key: string } | undefined;
  return async (values: Readonly<Record<string, unknown>>): Promise<RecordRow> => {
    const text = JSON.stringify(values);
    if (sent?.values !== text) sent = { values: text, key: newKey() };
    const row = await request<RecordRow>('POST', noun.path, { body: values, headers: { 'Idempotency-Key': sent.key } });
    sent = undefined;
    void refetch(noun);
    return row;
  };
}

/** The same for as long as the form is there. */
export const useCreateOnce = (noun: Noun) => useState(() => createOnce(noun))[0];
