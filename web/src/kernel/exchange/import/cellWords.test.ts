import { describe, expect, it } from 'vitest';
import { choice, text } from '../../records/fields';
import { cellText, cellWord, choiceWords } from './cellWords';

const noun = { fields: { medium: choice({ film: null, both: null, live_session: null }), note: text() } };
const words = {
  one: 'Project',
  many: 'Projects',
  create: 'Add project',
  purpose: '',
  fields: {},
  values: { medium: { both: 'Film and audio' } },
};

describe('a cell of an import', () => {
  it.each(['live_session', 'Live Session', ' LIVE-SESSION ', 'livesession'])(
    'shows the word of the choice %s names',
    text => expect(cellWord(noun, words, 'medium', text)).toBe('Live session'),
  );

  it('stays as the file has it where it names none, or is no choice', () => {
    expect(cellWord(noun, words, 'medium', 'opera')).toBe('opera');
    expect(cellWord(noun, words, 'note', 'both')).toBe('both');
  });

  it('takes the word that is read everywhere else', () => {
    expect(cellText(noun, words, 'medium', 'film and audio')).toBe('both');
    expect(cellText(noun, words, 'medium', 'opera')).toBe('opera');
    expect(cellText(noun, words, 'note', 'Film and audio')).toBe('Film and audio');
  });

  it('offers its choices by their words', () => {
    expect(choiceWords(noun, words, 'medium')).toEqual(['Film', 'Film and audio', 'Live session']);
    expect(choiceWords(noun, words, 'note')).toEqual([]);
  });
});
