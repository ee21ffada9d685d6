import type { InfiniteData } from '@tanstack/react-query';
import type { ChecklistItem, CommentList, CommentRow, CommentThread } from '@/api/types.gen';

export type CommentPages = InfiniteData<CommentList, string | null>;

/** Replies beyond this many are folded; the newest stay open. */
const openReplies = 3;

/** Which replies show while the thread is folded: all of a few, else the last two. */
export function foldedReplies<Reply>(replies: readonly Reply[]): { hidden: number; shown: readonly Reply[] } {
  const hidden = replies.length > openReplies ? replies.length - 2 : 0;
  return { hidden, shown: replies.slice(hidden) };
}

export function progressOf(items: readonly Pick<ChecklistItem, 'done'>[]): { done: number; total: number } {
  return { done: items.filter(item => item.done).length, total: items.length };
}

/** The comment to which an answer in a thread is given: the newest that is still there. */
export function answered(thread: CommentThread): string {
  return thread.replies.at(-1)?.id ?? thread.id;
}

/** The pages with one comment changed, wherever it stands. */
export function withComment(
  pages: CommentPages,
  id: string,
  change: (comment: CommentRow) => Partial<CommentRow>,
): CommentPages {
  const inThread = (thread: CommentThread): CommentThread => {
    if (thread.id === id) return { ...thread, ...change(thread) };
    if (!thread.replies.some(reply => reply.id === id)) return thread;
    return {
      ...thread,
      replies: thread.replies.map(reply => (reply.id === id ? { ...reply, ...change(reply) } : reply)),
    };
  };
  return eachPage(pages, page => ({ ...page, items: page.items.map(inThread), pinned: page.pinned.map(inThread) }));
}

export function withTick(pages: CommentPages, id: string, item: string, done: boolean): CommentPages {
  return withComment(pages, id, comment => ({
    checklist: comment.checklist.map(one => (one.id === item ? { ...one, done } : one)),
  }));
}

/** The pages with a thread among the pinned, or back in its place. */
export function withPin(pages: CommentPages, id: string, pinned: boolean): CommentPages {
  const thread = pages.pages.flatMap(page => [...page.pinned, ...page.items]).find(one => one.id === id);
  if (!thread) return pages;
  const moved = { ...thread, pinned };
  const without = eachPage(pages, page => ({
    ...page,
    items: page.items.filter(one => one.id !== id),
    pinned: page.pinned.filter(one => one.id !== id),
  }));
  // Ids grow with time: the first page whose last thread is older than this one is its place.
  const place = pinned
    ? 0
    : Math.max(
        0,
        without.pages.findIndex(page => page.nextBefore === null || page.nextBefore < id),
      );
  return eachPage(without, (page, number) => {
    if (number !== place) return page;
    return pinned
      ? { ...page, pinned: newestFirst([...page.pinned, moved]) }
      : { ...page, items: newestFirst([...page.items, moved]) };
  });
}

/** The pages with a comment that has just been said, in its thread or as a new one. */
export function withSaid(pages: CommentPages, said: CommentRow): CommentPages {
  const threadId = said.replyToId;
  if (threadId === null) {
    return eachPage(pages, (page, number) =>
      number === 0
        ? { ...page, items: [{ ...said, replies: [] }, ...page.items.filter(one => one.id !== said.id)] }
        : page,
    );
  }
  const inThread = (thread: CommentThread): CommentThread =>
    thread.id === threadId
      ? { ...thread, replies: [...thread.replies.filter(one => one.id !== said.id), said] }
      : thread;
  return eachPage(pages, page => ({ ...page, items: page.items.map(inThread), pinned: page.pinned.map(inThread) }));
}

/** The pages without a comment that was shown before the server had refused it. */
export function withoutComment(pages: CommentPages, id: string): CommentPages {
  const others = (threads: CommentThread[]) =>
    threads
      .filter(thread => thread.id !== id)
      .map(thread =>
        thread.replies.some(reply => reply.id === id)
          ? { ...thread, replies: thread.replies.filter(reply => reply.id !== id) }
          : thread,
      );
  return eachPage(pages, page => ({ ...page, items: others(page.items), pinned: others(page.pinned) }));
}

const newestFirst = (threads: CommentThread[]) => threads.sort((a, b) => (a.id < b.id ? 1 : -1));

function eachPage(pages: CommentPages, change: (page: CommentList, number: number) => CommentList): CommentPages {
  return { ...pages, pages: pages.pages.map(change) };
}
