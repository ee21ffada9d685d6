import { Button } from '@heroui/react/button';
import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { BookingConflict, Commitment, UserRow } from '@/api/types.gen';
import { isProblem, type Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { Lookup, type LookupItem } from '@/ui/fields/Lookup';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { notify } from '@/ui/overlays/notify';
import { Moment } from '@/ui/parts/Moment';

/** What a person still has to do, and who does it instead. Answers true when it was handed over. */
export function HandOverDialog(props: {
  user: UserRow;
  commitments: readonly Commitment[];
  onAnswer: (done: boolean | null) => void;
}) {
  const { user, commitments } = props;
  const t = useTranslations('people');
  const [successor, setSuccessor] = useState<LookupItem | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [waiting, setWaiting] = useState(false);
  const find = useCallback(
    async (search: string, signal: AbortSignal) => {
      const query = { search, limit: 20 };
      const { items } = await request<{ items: LookupItem[] }>('GET', '/api/v1/users/lookup', { query, signal });
      return items.filter(item => item.id !== user.id);
    },
    [user.id],
  );

  async function handOver() {
    if (!successor) return;
    setWaiting(true);
    setProblem(null);
    try {
      await request('POST', `/api/v1/users/${user.id}/hand-over`, { body: { toUserId: successor.id } });
      notify(t('handedOver', { name: successor.name }));
      props.onAnswer(true);
    } catch (error) {
      if (!isProblem(error)) throw error;
      setProblem(error);
    } finally {
      setWaiting(false);
    }
  }

  const conflicts = (problem?.body.conflicts as BookingConflict[] | undefined) ?? [];
  return (
    <FormDialog title={t('handOverTitle', { name: user.fullName })} onClose={() => props.onAnswer(null)}>
      <p className="text-muted text-sm">{t('handOverSentence', { count: commitments.length })}</p>
      <ul className="my-3 max-h-48 overflow-y-auto rounded-lg border border-border">
        {commitments.map(one => (
          <li
            key={one.id}
            className="flex h-9 items-center justify-between gap-3 border-row-line px-3 text-sm not-last:border-b"
          >
            <span className="truncate">{one.title}</span>
            {one.at && (
              <span className="flex-none text-muted text-xs">
                <Moment at={one.at} />
              </span>
            )}
          </li>
        ))}
      </ul>
      <Lookup
        label={t('handOverTo')}
        value={successor?.id ?? null}
        onChange={() => setProblem(null)}
        onChoose={setSuccessor}
        find={find}
        error={problem ? problem.message : undefined}
        autoFocus
      />
      {conflicts.length > 0 && (
        <ul className="mt-2 flex flex-col gap-1 text-muted text-xs">
          {conflicts.map(one => (
            <li key={`${one.label} ${one.start}`}>
              {one.title ?? one.label}, <Moment at={one.start} within />
            </li>
          ))}
        </ul>
      )}
      <div className="mt-5 flex justify-end gap-2">
        <Button variant="outline" onPress={() => props.onAnswer(null)}>
          {t('cancel')}
        </Button>
        <Button isDisabled={!successor} isPending={waiting} onPress={() => void handOver()}>
          {t('handOverAction')}
        </Button>
      </div>
    </FormDialog>
  );
}
