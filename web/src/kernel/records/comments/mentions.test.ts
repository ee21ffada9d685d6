import { describe, expect, it } from 'vitest';
import { mentionAt, mentioned, partsOf, withMention } from './mentions';

const ada = { id: '1', fullName: 'Ada' };
const adaLovelace = { id: '2', fullName: 'Ada Lovelace' };

describe('typing a name after an @', () => {
  it('is noticed at the start, after a space and after a bracket', () => {
    expect(mentionAt('@ad', 3)).toEqual({ start: 0, search: 'ad' });
    expect(mentionAt('ask @Ada Lo', 11)).toEqual({ start: 4, search: 'Ada Lo' });
    expect(mentionAt('(@', 2)).toEqual({ start: 1, search: '' });
  });

  it('is not an e-mail address, another line, or a sentence that goes on', () => {
    expect(mentionAt('ada@example.org', 15)).toBeNull();
    expect(mentionAt('@ada\nnext', 9)).toBeNull();
    expect(mentionAt('@ada is what we want', 20)).toBeNull();
    expect(mentionAt('@ ', 2)).toBeNull();
    expect(mentionAt('@', 0)).toBeNull();
  });

  it('puts the chosen name in its place and the caret behind it', () => {
    expect(withMention('ask @ad', 7, 'Ada')).toEqual({ text: 'ask @Ada ', caret: 9 });
    expect(withMention('ask @ad today', 7, 'Ada')).toEqual({ text: 'ask @Ada today', caret: 9 });
  });
});

describe('the names in a text', () => {
  it('prefers the longer of two names that start alike', () => {
    expect(mentioned('for @Ada Lovelace', [ada, adaLovelace])).toEqual(['2']);
    expect(mentioned('for @Ada, and @Ada Lovelace', [ada, adaLovelace])).toEqual(['1', '2']);
  });

  it('leaves out who was deleted from the text, and longer words', () => {
    expect(mentioned('for nobody', [ada])).toEqual([]);
    expect(mentioned('@Adalbert', [ada])).toEqual([]);
  });

  it('are told apart from the rest, of which nothing is lost', () => {
    const text = 'Hello @Ada!\nBye';
    const parts = partsOf(text, [ada]);
    expect(parts).toEqual([{ text: 'Hello ' }, { text: '@Ada', person: ada }, { text: '!\nBye' }]);
    expect(parts.map(part => part.text).join('')).toBe(text);
  });
});
