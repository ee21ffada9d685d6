import { afterEach, describe, expect, it, vi } from 'vitest';

vi.mock('../session/session', () => ({ session: { onReset: () => undefined } }));

const { queryClient } = await import('../query');
const { follows, refetchNouns } = await import('./follow');
const { recordKeys } = await import('./keys');

const isStale = (key: readonly unknown[]) => queryClient.getQueryState(key)?.isInvalidated;

describe('what shows a changed noun', () => {
  afterEach(() => queryClient.clear());

  it('is fetched again: its own queries and those that follow it, and no others', async () => {
    const [list, one, other, schedule] = [
      recordKeys.page('tasks', {}, 0),
      recordKeys.one('tasks', '1'),
      recordKeys.page('students', {}, 0),
      ['records', 'schedule', 'projects'],
    ];
    for (const key of [list, one, other]) queryClient.setQueryData(key, {});
    await queryClient.fetchQuery({ queryKey: schedule, queryFn: () => ({}), meta: follows('tasks', 'milestones') });

    await refetchNouns(['tasks']);
    expect([list, one, other, schedule].map(isStale)).toEqual([true, true, false, true]);
  });

  it('leaves what follows other nouns alone', async () => {
    const key = ['records', 'dashboard', 'production'];
    await queryClient.fetchQuery({ queryKey: key, queryFn: () => ({}), meta: follows('crew') });

    await refetchNouns(['tasks']);
    expect(isStale(key)).toBe(false);
    await refetchNouns(['budgets', 'crew']);
    expect(isStale(key)).toBe(true);
  });
});
