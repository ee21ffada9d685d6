import type { Noun, NounWords } from '../../records/noun';
import { valueWord } from '../../records/words';

type Declared = Pick<Noun, 'fields'>;

const plain = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter(Boolean)
    .join('_');

function codesOf(noun: Declared, name: string): readonly string[] {
  const field = noun.fields[name];
  return field?.kind === 'choice' ? Object.keys(field.options) : [];
}

/** A cell as people read its value everywhere else; what names no choice stays as the file has it. */
export function cellWord(noun: Declared, words: NounWords, name: string, text: string): string {
  const wanted = plain(text);
  const code = codesOf(noun, name).find(one => plain(one) === wanted || plain(one).replaceAll('_', '') === wanted);
  return code === undefined ? text : valueWord(words, name, code);
}

/** What the server reads from what somebody typed into a cell: the code of the choice whose word it is, else the text. */
export function cellText(noun: Declared, words: NounWords, name: string, typed: string): string {
  const wanted = plain(typed);
  return codesOf(noun, name).find(one => plain(valueWord(words, name, one)) === wanted) ?? typed;
}

/** The words of all choices of a field, in their order; empty where it is no choice. */
export const choiceWords = (noun: Declared, words: NounWords, name: string): string[] =>
  codesOf(noun, name).map(code => valueWord(words, name, code));
