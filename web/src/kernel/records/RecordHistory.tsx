import { Button } from '@heroui/react/button';
import { useTranslations } from 'use-intl';
import type { HistoryItem } from '@/api/types.gen';
import { notify, warn } from '@/ui/overlays/notify';
import { Avatar } from '@/ui/parts/Avatar';
import { DiffList } from '@/ui/parts/DiffList';
import { ErrorState } from '@/ui/parts/ErrorState';
import { Moment } from '@/ui/parts/Moment';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { Timeline } from '@/ui/parts/Timeline';
import { isProblem } from '../http/problem';
import { request } from '../http/request';
import { refetch, showRow } from './changes';
import { FieldValue } from './FieldValue';
import type { RecordRow } from './fields';
import { fieldOf, type Noun } from './noun';
import { useHistory } from './useRecords';
import { fieldWord, useWords } from './words';

/** Who changed what and when, and the way back to any of it. */
export function RecordHistory({ noun, row, canWrite }: { noun: Noun; row: RecordRow; canWrite: boolean }) {
  const t = useTranslations('records');
  const words = useWords(noun);
  const history = useHistory(noun, row.id);

  async function restore(change: HistoryItem, fields?: string[]) {
    try {
      const body = fields ? { fields } : {};
      const next = await request<RecordRow>('POST', `${noun.path}/${row.id}/history/${change.id}/restore`, {
        body,
        version: row.version,
      });
      showRow(noun, next);
      void refetch(noun);
      notify(t('wentBack'));
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(t('goBackFailed'), error.message);
      void refetch(noun);
    }
  }

  if (history.error) {
    return (
      <ErrorState
        title={t('loadFailed')}
        sentence={history.error.message}
        traceId={history.error.traceId}
        onRetry={() => void history.refetch()}
      />
    );
  }
  if (!history.data) return <SkeletonLines lines={6} />;
  return (
    <Timeline
      label={t('history')}
      entries={history.data.items.map((change, place) => {
        const changes = inOrder(noun, change.changes);
        return {
          id: change.id,
          mark: <Avatar name={change.actor.name} />,
          when: <Moment at={change.at} />,
          title: (
            <>
              <span className="font-medium">{change.actor.name}</span>{' '}
              <span className="text-muted">{t(didKey(change.action, t.has))}</span>
              {change.reason && <span className="block text-muted">“{change.reason}”</span>}
            </>
          ),
          body: changes.length > 0 && (
            <>
              <DiffList
                changes={changes}
                name={field => fieldWord(words, field)}
                write={(field, value) => <FieldValue noun={noun} name={field} value={value} wide />}
                {...(canWrite && place > 0
                  ? {
                      action: one => (
                        <Button
                          size="sm"
                          variant="ghost"
                          className="button--dense diff-action h-5! px-1.5! text-xs!"
                          onPress={() => void restore(change, [one.field])}
                        >
                          {t('takeValue')}
                        </Button>
                      ),
                    }
                  : {})}
              />
              {canWrite && place > 0 && (
                <Button size="sm" variant="outline" className="button--dense mt-3" onPress={() => void restore(change)}>
                  {t('goBackHere')}
                </Button>
              )}
            </>
          ),
        };
      })}
    />
  );
}

/** What the record's screens know, in their order, and not the database's. */
function inOrder(noun: Noun, changes: HistoryItem['changes']) {
  const order = [...new Set([...(noun.form.fields as readonly string[]), ...Object.keys(noun.fields)])];
  return changes
    .filter(one => fieldOf(noun, one.field) !== undefined)
    .sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
}

/** Actions of the feed carry their noun: "update_candidate". What is done to something that hangs on it has words of its own. */
function didKey(action: string, has: (key: 'did.update') => boolean) {
  const keys = [`did.${action}`, `did.${action.split('_')[0]}`] as 'did.update'[];
  return keys.find(has) ?? 'did.other';
}
