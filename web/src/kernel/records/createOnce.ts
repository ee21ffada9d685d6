import { useState } from 'react';
import { request } from '../http/request';
import { refetch } from './changes';
import type { RecordRow } from './fields';
import type { Noun } from './noun';

/** Not `crypto.randomUUID`, which a page without TLS does not have. */
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');

/**
 * Sends what makes something new. The same body sent again before it has been answered for (a second click, an answer that was
 * lost on the way) is the same request to the server: nothing is made twice.
 */
export function postOnce() {
  const keys = new Map<string, string>();
  return async <T>(path: string, body: unknown): Promise<T> => {
    const what = `${path} ${JSON.stringify(body)}`;
    const key = keys.get(what) ?? newKey();
    keys.set(what, key);
    const made = await request<T>('POST', path, { body, headers: { 'Idempotency-Key': key } });
    keys.delete(what);
    return made;
  };
}

/** Adds the record of one form, once. */
export function createOnce(noun: Pick<Noun, 'key' | 'path'>) {
  const post = postOnce();
  return async (values: Readonly<Record<string, unknown>>): Promise<RecordRow> => {
    const row = await post<RecordRow>(noun.path, values);
    void refetch(noun);
    return row;
  };
}

/** The same for as long as the form is there. */
export const useCreateOnce = (noun: Noun) => useState(() => createOnce(noun))[0];
