/** A field before and after a change, as the history of a record tells it. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** No value at all, also as an empty text or list. */
export const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

export interface DiffPart {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Above this many words a text is shown as replaced as a whole: nobody reads such a diff, and it costs words². */
const mostWords = 400;

/** Word by word difference of two texts. Joined, the parts that aren't "added" are the old text, those that aren't "removed" the new one. */
export function diffWords(before: string, after: string): DiffPart[] {
  const [a, b] = [words(before), words(after)];
  if (a.length > mostWords || b.length > mostWords) return join([part('removed', before), part('added', after)]);
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    const row = lengths[i];
    if (!row) continue;
    for (let j = b.length - 1; j >= 0; j--)
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const parts: DiffPart[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      parts.push(part('same', a[i] ?? ''));
      i++;
      j++;
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1)))
      parts.push(part('removed', a[i++] ?? ''));
    else parts.push(part('added', b[j++] ?? ''));
  }
  return join(parts);
}

const part = (kind: DiffPart['kind'], text: string): DiffPart => ({ kind, text });
const words = (text: string) => text.match(/\s+|[^\s]+/g) ?? [];

function join(parts: DiffPart[]): DiffPart[] {
  const joined: DiffPart[] = [];
  for (const next of parts) {
    const last = joined.at(-1);
    if (next.text === '') continue;
    if (last?.kind === next.kind) last.text += next.text;
    else joined.push({ ...next });
  }
  return joined;
}
