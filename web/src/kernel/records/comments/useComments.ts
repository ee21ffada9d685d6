import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { CommentInput, CommentList, CommentRow, PersonRef } from '@/api/types.gen';
import { isProblem, type Problem } from '../../http/problem';
import { request } from '../../http/request';
import { useMe } from '../../session/useSession';
import { postOnce } from '../createOnce';
import type { RecordRow } from '../fields';
import { recordKeys } from '../keys';
import type { Noun } from '../noun';
import { nextKey } from './draft';
import { type CommentPages, withComment, withoutComment, withPin, withSaid, withTick } from './threads';

/** Ids of comments that are on their way begin so; they sort after all others. */
const sending = 'zz-sending-';

export const isSending = (comment: Pick<CommentRow, 'id'>) => comment.id.startsWith(sending);

export type Comments = ReturnType<typeof useComments>;

/**
 * What people said about a record. What the person does shows before the server has answered; each verb resolves to null,
 * or to the sentence that says why it was not done, and then nothing has changed.
 */
export function useComments(noun: Noun, row: RecordRow) {
  const t = useTranslations('comments');
  const me = useMe();
  const client = useQueryClient();
  const path = `${noun.path}/${row.id}/comments`;
  const key = recordKeys.comments(noun.key, row.id);
  const [post] = useState(postOnce);
  const atWork = useRef(new Set<Promise<unknown>>());
  const query = useInfiniteQuery<CommentList, Problem, CommentPages, typeof key, string | null>({
    queryKey: key,
    queryFn: async ({ pageParam, signal }) => {
      // News of the record may ask for it while a change is under way: read now, it would show the time before.
      while (atWork.current.size > 0) await Promise.allSettled(atWork.current);
      return request('GET', path, { query: { before: pageParam, limit: 50 }, signal });
    },
    initialPageParam: null,
    getNextPageParam: page => page.nextBefore,
  });

  const show = (change: (pages: CommentPages) => CommentPages) =>
    client.setQueryData<CommentPages>(key, pages => pages && change(pages));

  async function attempt(
    work: () => Promise<unknown>,
    shown?: (pages: CommentPages) => CommentPages,
    takenBack?: (pages: CommentPages) => CommentPages,
  ) {
    // An answer that is on its way knows nothing of this change. It is called off, and the change shown, within the event.
    void client.cancelQueries({ queryKey: key });
    if (shown) show(shown);
    const working = work();
    atWork.current.add(working);
    try {
      await working;
      return null;
    } catch (error) {
      // The answer that would show it as it is may be called off by the next try, which would then show it twice.
      if (takenBack) show(takenBack);
      if (!isProblem(error)) throw error;
      if (error.code === 'version_conflict') return t('changedMeanwhile');
      return error.sentence;
    } finally {
      atWork.current.delete(working);
      void client.invalidateQueries({ queryKey: key });
      void client.invalidateQueries({ queryKey: recordKeys.history(noun.key, row.id) });
    }
  }

  const keep = (said: CommentRow) => show(pages => withComment(pages, said.id, () => said));

  return {
    query,
    /** Where to ask for people who can be mentioned. */
    readers: `${path}/people`,
    say: (input: Required<Omit<CommentInput, 'replyToId'>>, mentions: readonly PersonRef[], reply: Reply | null) => {
      const id = `${sending}${nextKey()}`;
      return attempt(
        () => post(path, { ...input, replyToId: reply?.to ?? null }),
        pages =>
          withSaid(pages, {
            id,
            body: input.body,
            author: { id: me.user.id, fullName: me.user.fullName },
            mentions: [...mentions],
            checklist: (input.checklist ?? []).map(item => ({ id: nextKey(), text: item.text, done: false })),
            attachments: [],
            replyToId: reply?.thread ?? null,
            pinned: false,
            clientVisible: input.clientVisible ?? false,
            removed: false,
            createdAt: new Date().toISOString(),
            editedAt: null,
            version: 0,
          }),
        pages => withoutComment(pages, id),
      );
    },
    edit: (comment: CommentRow, input: Required<Omit<CommentInput, 'replyToId'>>) =>
      attempt(async () =>
        keep(await request<CommentRow>('PUT', `${path}/${comment.id}`, { body: input, version: comment.version })),
      ),
    remove: (comment: CommentRow) =>
      attempt(() => request('DELETE', `${path}/${comment.id}`, { version: comment.version })),
    pin: (comment: CommentRow, pinned: boolean) =>
      attempt(
        () => request('PATCH', `${path}/${comment.id}`, { body: { pinned } }),
        pages => withPin(pages, comment.id, pinned),
      ),
    tick: (comment: CommentRow, item: string, done: boolean) =>
      attempt(
        () => request('PATCH', `${path}/${comment.id}`, { body: { checked: { [item]: done } } }),
        pages => withTick(pages, comment.id, item, done),
      ),
  };
}

export interface Reply {
  /** The comment that is answered. */
  to: string;
  /** First comment of its thread. */
  thread: string;
}
