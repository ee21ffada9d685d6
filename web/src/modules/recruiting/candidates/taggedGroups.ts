import type { CandidateRow } from '@/api/types.gen';

/** Candidates that get the same list of tags, so that one request serves them all. Who has the words already is left out. */
export function taggedGroups(rows: readonly Pick<CandidateRow, 'id' | 'tags'>[], words: readonly string[]) {
  const groups = new Map<string, { ids: string[]; tags: string[] }>();
  for (const row of rows) {
    const had = new Set(row.tags.map(tag => tag.toLowerCase()));
    const fresh = words.filter(word => !had.has(word.toLowerCase()));
    if (fresh.length === 0) continue;
    const tags = [...row.tags, ...fresh];
    const key = JSON.stringify(tags);
    const group = groups.get(key) ?? { ids: [], tags };
    group.ids.push(row.id);
    groups.set(key, group);
  }
  return [...groups.values()];
}
