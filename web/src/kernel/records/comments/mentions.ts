import type { PersonRef } from '@/api/types.gen';

/** The name being typed after an @, right before the caret; null when there is none. */
export function mentionAt(text: string, caret: number): { start: number; search: string } | null {
  const start = text.lastIndexOf('@', caret - 1);
  if (start < 0 || caret === 0) return null;
  // An @ inside a word is an e-mail address.
  if (start > 0 && /[\p{L}\p{N}]/u.test(text.charAt(start - 1))) return null;
  const search = text.slice(start + 1, caret);
  if (search.length > 40 || /[\n@]/.test(search) || /^\s/.test(search) || search.split(' ').length > 3) return null;
  return { start, search };
}

/** The text with the name in the place of what was typed, and where the caret goes. */
export function withMention(text: string, caret: number, name: string): { text: string; caret: number } {
  const typed = mentionAt(text, caret);
  if (!typed) return { text, caret };
  const rest = text.slice(caret);
  const before = `${text.slice(0, typed.start)}@${name}${rest.startsWith(' ') ? '' : ' '}`;
  return { text: before + rest, caret: before.length + (rest.startsWith(' ') ? 1 : 0) };
}

/** Those of the people whose @name is still in the text. */
export function mentioned(text: string, people: readonly PersonRef[]): string[] {
  const named = new Set(partsOf(text, people).flatMap(part => (part.person ? [part.person.id] : [])));
  return [...named];
}

/** A text cut into plain parts and names. Of two names that start alike the longer one wins. */
export function partsOf(text: string, people: readonly PersonRef[]): { text: string; person?: PersonRef }[] {
  const byLength = [...people].sort((a, b) => b.fullName.length - a.fullName.length);
  const parts: { text: string; person?: PersonRef }[] = [];
  let plain = '';
  for (let at = 0; at < text.length; ) {
    const person = text[at] === '@' ? byLength.find(one => isNamed(text, at + 1, one.fullName)) : undefined;
    if (!person) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (plain !== '') parts.push({ text: plain });
    plain = '';
    parts.push({ text: `@${person.fullName}`, person });
    at += person.fullName.length + 1;
  }
  if (plain !== '') parts.push({ text: plain });
  return parts;
}

/** "@Ada" is not a part of "@Adalbert". */
function isNamed(text: string, at: number, name: string): boolean {
  return text.startsWith(name, at) && !/[\p{L}\p{N}]/u.test(text.charAt(at + name.length));
}
