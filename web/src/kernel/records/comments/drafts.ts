import { useSyncExternalStore } from 'react';
import type { UploadedFile } from '@/api/types.gen';
import { isProblem } from '../../http/problem';
import { request } from '../../http/request';
import { session } from '../../session/session';
import { type Draft, type DraftFile, type Fault, mostBytes, mostFiles, nextKey } from './draft';

const drafts = new Map<string, Draft>();
const waiting = new Map<string, { file: File; abort: AbortController }>();
const listeners = new Set<() => void>();

session.onReset(() => {
  for (const { abort } of waiting.values()) abort.abort();
  waiting.clear();
  drafts.clear();
  for (const listener of listeners) listener();
});

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function setDraft(key: string, draft: Draft | null) {
  if (draft) drafts.set(key, draft);
  else drafts.delete(key);
  for (const listener of listeners) listener();
}

export const getDraft = (key: string) => drafts.get(key);

export function useDraft(key: string, start: Draft): [Draft, (change: Partial<Draft>) => void] {
  const draft = useSyncExternalStore(subscribe, () => drafts.get(key) ?? start);
  return [draft, change => setDraft(key, { ...(drafts.get(key) ?? start), ...change })];
}

/** Puts files into a draft and sends them; answers with how many had no room. */
export function attach(key: string, start: Draft, files: readonly File[]): number {
  const draft = drafts.get(key) ?? start;
  const room = Math.max(0, mostFiles - draft.files.length);
  const added = files.slice(0, room).map(file => ({ file, entry: entryOf(file) }));
  setDraft(key, { ...draft, files: [...draft.files, ...added.map(one => one.entry)] });
  for (const { file, entry } of added) if (!entry.fault) void send(key, entry.key, file);
  return files.length - added.length;
}

export function detach(key: string, start: Draft, fileKey: string) {
  waiting.get(fileKey)?.abort.abort();
  waiting.delete(fileKey);
  const draft = drafts.get(key) ?? start;
  setDraft(key, { ...draft, files: draft.files.filter(file => file.key !== fileKey) });
}

export function retry(key: string, fileKey: string) {
  const one = waiting.get(fileKey);
  if (one) void send(key, fileKey, one.file);
}

function entryOf(file: File): DraftFile {
  const fault: Fault | undefined =
    file.size > mostBytes ? { kind: 'too_large' } : file.size === 0 ? { kind: 'empty' } : undefined;
  return { key: nextKey(), name: file.name, size: file.size, part: 0, ...(fault ? { fault } : {}) };
}

async function send(key: string, fileKey: string, file: File) {
  const abort = new AbortController();
  waiting.set(fileKey, { file, abort });
  const put = (change: (entry: DraftFile) => DraftFile) => {
    const draft = drafts.get(key);
    if (draft) setDraft(key, { ...draft, files: draft.files.map(one => (one.key === fileKey ? change(one) : one)) });
  };
  put(({ fault: _, ...entry }) => ({ ...entry, part: 0 }));
  try {
    const { id, name, size, contentType } = await request<UploadedFile>('POST', '/api/v1/files', {
      query: { name: file.name },
      body: file,
      signal: abort.signal,
      onSent: part => put(entry => ({ ...entry, part })),
    });
    waiting.delete(fileKey);
    put(entry => ({ ...entry, part: 1, attachment: { id, name, size, contentType } }));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    if (!isProblem(error)) throw error;
    const fault: Fault =
      error.status === 0
        ? { kind: 'offline' }
        : error.code === 'too_large'
          ? { kind: 'too_large' }
          : { kind: 'refused', message: error.message };
    put(entry => ({ ...entry, fault }));
  }
}
