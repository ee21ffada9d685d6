/** Query keys of records. The first part is the noun's live name, so that a change can find everything about it. */
export const recordKeys = {
  noun: (noun: string) => ['records', noun] as const,
  lists: (noun: string) => ['records', noun, 'list'] as const,
  page: (noun: string, query: Readonly<Record<string, string>>, page: number) =>
    ['records', noun, 'list', query, page] as const,
  one: (noun: string, id: string) => ['records', noun, 'one', id] as const,
  comments: (noun: string, id: string) => ['records', noun, 'comments', id] as const,
  shares: (noun: string, id: string) => ['records', noun, 'shares', id] as const,
  history: (noun: string, id: string) => ['records', noun, 'history', id] as const,
};
