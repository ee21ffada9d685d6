import { useLocale } from 'use-intl';
import { writeSpan } from '@/ui/time';
import type { Noun, NounWords } from './noun';

const common: Record<string, string> = {
  createdAt: 'Created',
  updatedAt: 'Changed',
  deletedAt: 'Deleted',
  version: 'Version',
};

/** The noun's words in the person's language. */
export function useWords(noun: Noun): NounWords {
  return noun.words[useLocale()] ?? noun.words.en;
}

export function fieldWord(words: NounWords, field: string): string {
  return words.fields[field] ?? common[field] ?? spaced(field);
}

export function valueWord(words: NounWords, field: string, value: string): string {
  return words.values?.[field]?.[value] ?? spaced(value);
}

/** A length of time, where the noun has no word of its own for it. */
export function spanWord(words: NounWords, field: string, minutes: number, locale: string): string {
  return words.values?.[field]?.[minutes] ?? writeSpan(minutes, locale);
}

/** A code of the API as words, for values this client does not know yet: "no_show" → "No show". */
function spaced(code: string): string {
  const text = code
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
