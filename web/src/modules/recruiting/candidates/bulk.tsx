import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { BulkChange, BulkResult, CandidateRow } from '@/api/types.gen';
import { isProblem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { bulk, refetch } from '@/kernel/records/changes';
import { Choice } from '@/ui/fields/Choice';
import { Tags } from '@/ui/fields/Tags';
import { TextInput } from '@/ui/fields/TextInput';
import { ask } from '@/ui/overlays/ask';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { StateDot } from '@/ui/parts/StateDot';
import { candidates } from './collection';
import { type Stage, stageTones } from './stages';
import { taggedGroups } from './taggedGroups';

interface Step {
  status: Stage;
  reason: string;
}

type Done = (count: number) => void;

/** Moves all selected candidates to one stage; who may not take that step stays and is counted. */
export async function moveMany(ids: readonly string[], done: Done): Promise<BulkResult | null> {
  const step = await ask<Step>(answer => <MoveDialog count={ids.length} onAnswer={answer} />);
  return step && sendStep(ids, step, done);
}

/** Rejects all selected candidates, with one reason for all where there is one. */
export async function rejectMany(ids: readonly string[], done: Done): Promise<BulkResult | null> {
  const step = await ask<Step>(answer => <MoveDialog count={ids.length} to="rejected" onAnswer={answer} />);
  return step && sendStep(ids, step, done);
}

/** Adds words to the tags of all selected candidates; the tags they have stay. */
export async function tagMany(ids: readonly string[], done: Done): Promise<BulkResult | null> {
  const words = await ask<readonly string[]>(answer => <TagDialog count={ids.length} onAnswer={answer} />);
  if (words === null) return null;
  done(0);
  const rows = await inTurns(
    ids,
    id => request<CandidateRow>('GET', `${candidates.path}/${id}`),
    () => undefined,
  );
  const changes: BulkChange[] = [];
  const result: BulkResult = { succeeded: [], failed: rows.failed, changes };
  for (const group of taggedGroups(rows.values, words)) {
    const part = await bulk(candidates, 'update', group.ids, { tags: group.tags });
    result.succeeded.push(...part.succeeded);
    result.failed.push(...part.failed);
    changes.push(...(part.changes ?? []));
    done(result.succeeded.length + result.failed.length);
  }
  return result;
}

async function sendStep(ids: readonly string[], step: Step, done: Done): Promise<BulkResult> {
  done(0);
  // A bulk change carries no reason: with one, each candidate is moved by the verb that takes it.
  if (step.reason === '') return bulk(candidates, 'update', ids, { status: step.status }, done);
  try {
    const moved = await inTurns(
      ids,
      id => request<CandidateRow>('POST', `${candidates.path}/${id}/move`, { body: step }),
      done,
    );
    return { succeeded: moved.values.map(row => row.id), failed: moved.failed };
  } finally {
    void refetch(candidates);
  }
}

/** One request for each id, a few at a time. */
async function inTurns<Value>(ids: readonly string[], send: (id: string) => Promise<Value>, done: Done) {
  const values: Value[] = [];
  const failed: BulkResult['failed'] = [];
  const queue = [...ids];
  async function work() {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      try {
        values.push(await send(id));
      } catch (error) {
        if (!isProblem(error)) throw error;
        failed.push({ id, code: error.code, detail: error.message });
      }
      done(values.length + failed.length);
    }
  }
  await Promise.all(Array.from({ length: 4 }, work));
  return { values, failed };
}

function MoveDialog(props: { count: number; to?: Stage; onAnswer: (step: Step | null) => void }) {
  const t = useTranslations('candidates');
  const [stage, setStage] = useState<Stage>(props.to ?? 'screening');
  const [reason, setReason] = useState('');
  const asksWhy = stage === 'rejected' || stage === 'applied';
  return (
    <FormDialog
      title={props.to ? t('rejectMany', { count: props.count }) : t('moveMany', { count: props.count })}
      onClose={() => props.onAnswer(null)}
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={event => {
          event.preventDefault();
          props.onAnswer({ status: stage, reason: asksWhy ? reason.trim() : '' });
        }}
      >
        {!props.to && (
          <Choice
            label={t('stage')}
            value={stage}
            required
            autoFocus
            onChange={value => value && setStage(value as Stage)}
            options={Object.entries(stageTones).map(([id, tone]) => {
              const name = t(`stages.${id as Stage}`);
              return { id, name, look: <StateDot tone={tone}>{name}</StateDot> };
            })}
          />
        )}
        {asksWhy && (
          <TextInput
            label={stage === 'applied' ? t('reason') : t('reasonOptional')}
            value={reason}
            rows={3}
            maxLength={1000}
            autoFocus={props.to !== undefined}
            onChange={text => setReason(text ?? '')}
          />
        )}
        <p className="text-muted text-sm">{t('moveManySentence')}</p>
        <div className="flex justify-end gap-2">
          <Button variant="outline" onPress={() => props.onAnswer(null)}>
            {t('cancel')}
          </Button>
          <Button type="submit" variant={stage === 'rejected' ? 'danger' : 'primary'}>
            {stage === 'rejected' ? t('reject') : t('move')}
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}

function TagDialog(props: { count: number; onAnswer: (words: readonly string[] | null) => void }) {
  const t = useTranslations('candidates');
  const [words, setWords] = useState<readonly string[]>([]);
  return (
    <FormDialog title={t('tagMany', { count: props.count })} onClose={() => props.onAnswer(null)}>
      <div className="flex flex-col gap-4">
        <Tags label={t('tags')} value={words} onChange={setWords} autoFocus />
        <div className="flex justify-end gap-2">
          <Button variant="outline" onPress={() => props.onAnswer(null)}>
            {t('cancel')}
          </Button>
          <Button isDisabled={words.length === 0} onPress={() => props.onAnswer(words)}>
            {t('addTags')}
          </Button>
        </div>
      </div>
    </FormDialog>
  );
}
