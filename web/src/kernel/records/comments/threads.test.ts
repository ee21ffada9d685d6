import { describe, expect, it } from 'vitest';
import type { CommentRow, CommentThread } from '@/api/types.gen';
import {
  answered,
  type CommentPages,
  foldedReplies,
  progressOf,
  withoutComment,
  withPin,
  withSaid,
  withTick,
} from './threads';

const row = (id: string, more: Partial<CommentRow> = {}): CommentRow => ({
  id,
  body: id,
  author: { id: 'ada', fullName: 'Ada' },
  mentions: [],
  checklist: [],
  attachments: [],
  replyToId: null,
  pinned: false,
  clientVisible: false,
  removed: false,
  createdAt: '2026-03-02T09:00:00Z',
  editedAt: null,
  version: 1,
  ...more,
});
const thread = (id: string, replies: CommentRow[] = [], more: Partial<CommentRow> = {}): CommentThread => ({
  ...row(id, more),
  replies,
});
const pages = (...lists: CommentThread[][]): CommentPages => ({
  pages: lists.map((items, place) => ({
    items,
    pinned: [],
    nextBefore: place === lists.length - 1 ? null : (items.at(-1)?.id ?? null),
  })),
  pageParams: lists.map(() => null),
});
const ids = (list: CommentPages) => list.pages.map(page => page.items.map(one => one.id));

describe('threads', () => {
  it('folds many replies to the last two and leaves a few alone', () => {
    expect(foldedReplies([1, 2, 3])).toEqual({ hidden: 0, shown: [1, 2, 3] });
    expect(foldedReplies([1, 2, 3, 4, 5])).toEqual({ hidden: 3, shown: [4, 5] });
  });

  it('counts what is done', () => {
    expect(progressOf([{ done: true }, { done: false }, { done: true }])).toEqual({ done: 2, total: 3 });
  });

  it('answers the newest comment of a thread, because the first may have been removed', () => {
    expect(answered(thread('1', [row('2'), row('3')]))).toBe('3');
    expect(answered(thread('1'))).toBe('1');
  });

  it('ticks one item of one comment, also of a reply', () => {
    const list = pages([thread('1', [row('2', { checklist: [{ id: 'a', text: 'A', done: false }] })])]);
    const ticked = withTick(list, '2', 'a', true);
    expect(ticked.pages[0]?.items[0]?.replies[0]?.checklist).toEqual([{ id: 'a', text: 'A', done: true }]);
    expect(list.pages[0]?.items[0]?.replies[0]?.checklist[0]?.done).toBe(false);
  });

  it('takes back what the server refused, a thread or a reply, and nothing else', () => {
    const list = pages([thread('4'), thread('1', [row('2'), row('3')])]);
    expect(withoutComment(withSaid(list, row('zz')), 'zz')).toEqual(list);
    expect(withoutComment(list, '3').pages[0]?.items[1]?.replies.map(one => one.id)).toEqual(['2']);
    expect(ids(withoutComment(list, '4'))).toEqual([['1']]);
  });

  it('moves a pinned thread to the top and an unpinned one back to its place', () => {
    const list = pages([thread('6'), thread('5')], [thread('3'), thread('2')]);
    const pinned = withPin(list, '3', true);
    expect(ids(pinned)).toEqual([['6', '5'], ['2']]);
    expect(pinned.pages[0]?.pinned.map(one => [one.id, one.pinned])).toEqual([['3', true]]);
    const back = withPin(pinned, '3', false);
    expect(ids(back)).toEqual([
      ['6', '5'],
      ['3', '2'],
    ]);
    expect(back.pages[0]?.pinned).toEqual([]);
  });

  it('shows what was said at once, in its thread or on top', () => {
    const list = pages([thread('2'), thread('1')]);
    expect(ids(withSaid(list, row('3')))).toEqual([['3', '2', '1']]);
    expect(withSaid(list, row('4', { replyToId: '1' })).pages[0]?.items[1]?.replies.map(one => one.id)).toEqual(['4']);
  });
});
