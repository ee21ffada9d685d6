import { describe, expect, it } from 'vitest';
import type { CommentRow } from '@/api/types.gen';
import { draftOf, emptyDraft, inputOf, isReady } from './draft';

const file = { key: 'k', name: 'plan.pdf', size: 10, part: 1 };
const attachment = { id: 'f1', name: 'plan.pdf', size: 10, contentType: 'application/pdf' };

describe('a draft', () => {
  it('leaves out items without words and trims the others', () => {
    const draft = {
      ...emptyDraft,
      text: ' Look ',
      items: [
        { key: 'a', id: 'a', text: ' Call ' },
        { key: 'b', text: '  ' },
      ],
    };
    expect(inputOf(draft)).toMatchObject({ body: 'Look', checklist: [{ id: 'a', text: 'Call' }] });
  });

  it('is ready with words, a checklist or a file, and when every file has arrived', () => {
    expect(isReady(emptyDraft)).toBe(false);
    expect(isReady({ ...emptyDraft, text: '  ' })).toBe(false);
    expect(isReady({ ...emptyDraft, text: 'x' })).toBe(true);
    expect(isReady({ ...emptyDraft, items: [{ key: 'a', text: '' }] })).toBe(false);
    expect(isReady({ ...emptyDraft, items: [{ key: 'a', text: 'b' }] })).toBe(true);
    expect(isReady({ ...emptyDraft, files: [{ ...file, attachment }] })).toBe(true);
    expect(isReady({ ...emptyDraft, text: 'x', files: [{ ...file, part: 0.5 }] })).toBe(false);
    expect(isReady({ ...emptyDraft, text: 'x', files: [{ ...file, fault: { kind: 'offline' } }] })).toBe(false);
  });

  it('of a comment gives the same comment back', () => {
    const comment = {
      body: 'Hello',
      mentions: [],
      checklist: [{ id: 'a', text: 'Call', done: true }],
      attachments: [attachment],
      clientVisible: true,
    } as unknown as CommentRow;
    expect(inputOf(draftOf(comment))).toEqual({
      body: 'Hello',
      mentions: [],
      checklist: [{ id: 'a', text: 'Call' }],
      attachments: ['f1'],
      clientVisible: true,
    });
  });
});
