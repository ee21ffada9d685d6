import type { Attachment, CommentInput, CommentRow, PersonRef } from '@/api/types.gen';
import { mentioned } from './mentions';

export const mostItems = 50;
export const mostFiles = 10;
export const mostBytes = 25 * 1024 * 1024;

export interface DraftItem {
  /** Of this draft. */
  key: string;
  /** Of the item as it is kept already. */
  id?: string;
  text: string;
}

export interface DraftFile {
  /** Of this draft; the server's id is in `attachment`. */
  key: string;
  name: string;
  size: number;
  /** Sent so far, from 0 to 1. */
  part: number;
  attachment?: Attachment;
  /** Why it is not there; the file can be sent again. */
  fault?: Fault;
}

export type Fault = { kind: 'too_large' | 'empty' | 'offline' } | { kind: 'refused'; message: string };

/** A comment while it is being written. It outlives the panel it is written in, and its uploads go on meanwhile. */
export interface Draft {
  text: string;
  people: readonly PersonRef[];
  /** Null where the comment has no checklist. */
  items: readonly DraftItem[] | null;
  files: readonly DraftFile[];
  outside: boolean;
}

export const emptyDraft: Draft = { text: '', people: [], items: null, files: [], outside: false };

export const draftOf = (comment: CommentRow): Draft => ({
  text: comment.body,
  people: comment.mentions,
  items: comment.checklist.length > 0 ? comment.checklist.map(({ id, text }) => ({ key: id, id, text })) : null,
  files: comment.attachments.map(attachment => ({
    key: attachment.id,
    name: attachment.name,
    size: attachment.size,
    part: 1,
    attachment,
  })),
  outside: comment.clientVisible,
});

/** What the API takes. Items without words are left out. */
export function inputOf(draft: Draft): Required<Omit<CommentInput, 'replyToId'>> {
  return {
    body: draft.text.trim(),
    mentions: mentioned(draft.text, draft.people),
    checklist: (draft.items ?? []).flatMap(({ id, text }) =>
      text.trim() === '' ? [] : [{ ...(id ? { id } : {}), text: text.trim() }],
    ),
    attachments: draft.files.flatMap(file => file.attachment?.id ?? []),
    clientVisible: draft.outside,
  };
}

/** Something is said, and every file has arrived. */
export function isReady(draft: Draft): boolean {
  const input = inputOf(draft);
  const said = input.body !== '' || (input.checklist?.length ?? 0) > 0 || (input.attachments?.length ?? 0) > 0;
  return said && draft.files.every(file => file.attachment);
}

export const isUploading = (draft: Draft) => draft.files.some(file => !file.attachment && !file.fault);

let serial = 0;

/** Unique in this tab; `crypto.randomUUID` is not to be had on plain http. */
export const nextKey = () => `new-${++serial}`;
