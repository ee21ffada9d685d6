import type { AccessPages, Commitment, UserRow } from '@/api/types.gen';
import type { Problem } from '@/kernel/http/problem';
import { queryClient } from '@/kernel/query';
import type { Guard } from '@/kernel/records/noun';
import { session } from '@/kernel/session/session';
import { ask } from '@/ui/overlays/ask';
import { accessKeys, readPages, readRow, resetExceptions } from '../access/calls';

/** What has to be asked when people change: a role opens and closes pages, and who leaves leaves work behind. */
export const peopleGuard: Guard<UserRow> = {
  async change(user, change) {
    const role = change.role;
    // Nobody changes their own role: the server's refusal says so better than a dialog that leads nowhere.
    if (role === undefined || role === user.role || session.get().me?.user.id === user.id) return true;
    const [pages, row, { RoleChangeDialog }] = await Promise.all([
      queryClient.fetchQuery<AccessPages>({
        queryKey: accessKeys.pages,
        queryFn: ({ signal }) => readPages(signal),
        staleTime: 300_000,
      }),
      readRow(user),
      import('./RoleChangeDialog'),
    ]);
    if (!row) return true;
    const answer = await ask<{ reset: boolean }>(reply => (
      <RoleChangeDialog row={row} role={role} pages={pages} onAnswer={reply} />
    ));
    if (answer === null) return false;
    return answer.reset ? () => resetExceptions(user.id) : true;
  },

  async remove(user) {
    const { LeaveDialog } = await import('./LeaveDialog');
    return (await ask<boolean>(reply => <LeaveDialog user={user} onAnswer={reply} />)) ?? false;
  },

  async refused(problem: Problem, user) {
    if (problem.code !== 'has_commitments') return false;
    const commitments = problem.body.commitments as Commitment[];
    const { HandOverDialog } = await import('./HandOverDialog');
    const done = await ask<boolean>(reply => <HandOverDialog user={user} commitments={commitments} onAnswer={reply} />);
    return done ?? false;
  },
};
