import { Button } from '@heroui/react/button';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { CommentList, CommentRow, PersonRef } from '@/api/types.gen';
import { confirm } from '@/ui/overlays/ask';
import { warn } from '@/ui/overlays/notify';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { isProblem, type Problem } from '../http/problem';
import { request } from '../http/request';
import { useMe } from '../session/useSession';
import { CommentEntry } from './CommentEntry';
import type { RecordRow } from './fields';
import { recordKeys } from './keys';
import { MentionInput } from './MentionInput';
import { mentioned } from './mentions';
import type { Noun } from './noun';

/** What people say about a record. It follows what others write while it is open. */
export function RecordComments({ noun, row, canWrite }: { noun: Noun; row: RecordRow; canWrite: boolean }) {
  const t = useTranslations('comments');
  const tr = useTranslations('records');
  const me = useMe();
  const client = useQueryClient();
  const path = `${noun.path}/${row.id}/comments`;
  const key = recordKeys.comments(noun.key, row.id);
  const comments = useInfiniteQuery<CommentList, Problem>({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      request('GET', path, { query: { before: pageParam as string | null, limit: 50 }, signal }),
    initialPageParam: null,
    getNextPageParam: page => page.nextBefore,
  });
  const refetch = () => client.invalidateQueries({ queryKey: key });

  /** False when it was not saved; what was typed stays then. */
  async function save(title: string, work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      await refetch();
      return true;
    } catch (error) {
      if (!isProblem(error)) throw error;
      void refetch();
      warn(
        title,
        error.status === 0 ? tr('offline') : error.code === 'version_conflict' ? t('changedMeanwhile') : error.message,
      );
      return false;
    }
  }

  async function remove(comment: CommentRow) {
    const yes = await confirm({
      title: t('deleteAsk'),
      sentence: t('deleteSentence'),
      action: tr('delete'),
      danger: true,
    });
    if (yes)
      await save(t('deleteFailed'), () => request('DELETE', `${path}/${comment.id}`, { version: comment.version }));
  }

  if (comments.error && !comments.data) {
    return (
      <ErrorState
        title={tr('loadFailed')}
        sentence={comments.error.status === 0 ? tr('offline') : comments.error.message}
        traceId={comments.error.traceId}
        onRetry={() => void comments.refetch()}
      />
    );
  }
  const items = comments.data?.pages.flatMap(page => page.items);
  return (
    <div className="flex flex-col gap-4">
      {canWrite && (
        <CommentForm
          label={t('write')}
          action={t('send')}
          onSave={(body, mentions) => save(t('sendFailed'), () => request('POST', path, { body: { body, mentions } }))}
        />
      )}
      {!items && <SkeletonLines lines={5} />}
      {items?.length === 0 && <p className="text-muted text-sm">{canWrite ? t('none') : t('noneToRead')}</p>}
      {items && items.length > 0 && (
        <ol aria-label={t('title')} className="flex flex-col gap-4">
          {items.map(comment => (
            <CommentEntry
              key={comment.id}
              comment={comment}
              mine={canWrite && comment.author.id === me.user.id}
              onDelete={() => void remove(comment)}
              form={done => (
                <CommentForm
                  label={t('edit')}
                  action={tr('save')}
                  before={comment}
                  onCancel={done}
                  onSave={async (body, mentions) => {
                    const saved = await save(t('editFailed'), () =>
                      request('PUT', `${path}/${comment.id}`, { body: { body, mentions }, version: comment.version }),
                    );
                    if (saved) done();
                    return saved;
                  }}
                />
              )}
            />
          ))}
        </ol>
      )}
      {comments.hasNextPage && (
        <Button
          size="sm"
          variant="outline"
          className="self-start"
          isPending={comments.isFetchingNextPage}
          onPress={() => void comments.fetchNextPage()}
        >
          {t('older')}
        </Button>
      )}
    </div>
  );
}

function CommentForm(props: {
  label: string;
  action: string;
  before?: CommentRow;
  onSave: (body: string, mentions: string[]) => Promise<boolean>;
  onCancel?: () => void;
}) {
  const t = useTranslations('comments');
  const tr = useTranslations('records');
  const [text, setText] = useState(props.before?.body ?? '');
  const [people, setPeople] = useState<readonly PersonRef[]>(props.before?.mentions ?? []);
  const [pending, setPending] = useState(false);
  const ready = text.trim() !== '' && text !== props.before?.body;

  async function save() {
    if (pending || !ready) return;
    setPending(true);
    const saved = await props.onSave(text.trim(), mentioned(text, people)).finally(() => setPending(false));
    if (saved) setText('');
  }

  return (
    <div className="comment-form">
      <MentionInput
        label={props.label}
        value={text}
        onChange={setText}
        onMention={person => setPeople(before => [...before.filter(one => one.id !== person.id), person])}
        onSubmit={() => void save()}
        autoFocus={props.before !== undefined}
        disabled={pending}
        {...(props.onCancel ? { onCancel: props.onCancel } : {})}
      />
      <div className="flex items-center gap-2 p-1.5 ps-3">
        <span className="min-w-0 flex-1 truncate text-muted text-xs max-sm:invisible">{t('hint')}</span>
        {props.onCancel && (
          <Button size="sm" variant="ghost" onPress={props.onCancel}>
            {tr('cancel')}
          </Button>
        )}
        <Button size="sm" isDisabled={!ready} isPending={pending} onPress={() => void save()}>
          {props.action}
        </Button>
      </div>
    </div>
  );
}
