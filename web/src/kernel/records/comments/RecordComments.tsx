import { Button } from '@heroui/react/button';
import { useTranslations } from 'use-intl';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import type { RecordRow } from '../fields';
import type { Noun } from '../noun';
import { Composer } from './Composer';
import { inputOf } from './draft';
import { Thread } from './Thread';
import { useComments } from './useComments';

/** What people say about a record: pinned threads first, then the newest. It follows what others write while it is open. */
export function RecordComments({ noun, row, canWrite }: { noun: Noun; row: RecordRow; canWrite: boolean }) {
  const t = useTranslations('comments');
  const tr = useTranslations('records');
  const comments = useComments(noun, row);
  const { query } = comments;
  const draftKey = `${noun.key}/${row.id}`;

  if (query.error && !query.data) {
    return (
      <ErrorState
        title={tr('loadFailed')}
        sentence={query.error.message}
        traceId={query.error.traceId}
        onRetry={() => void query.refetch()}
      />
    );
  }
  const pinned = query.data?.pages.flatMap(page => page.pinned) ?? [];
  const items = query.data?.pages.flatMap(page => page.items) ?? [];
  const list = (label: string, threads: typeof items) =>
    threads.length > 0 && (
      <ol aria-label={label} className="flex flex-col gap-5">
        {threads.map(thread => (
          <Thread key={thread.id} thread={thread} comments={comments} canWrite={canWrite} draftKey={draftKey} />
        ))}
      </ol>
    );
  return (
    <div className="flex flex-col gap-5">
      {canWrite && (
        <Composer
          draftKey={`${draftKey}/new`}
          label={t('write')}
          people={comments.readers}
          action={t('send')}
          ahead
          onSend={draft => comments.say(inputOf(draft), draft.people, null)}
        />
      )}
      {!query.data && <SkeletonLines lines={5} />}
      {pinned.length > 0 && <div className="comment-pinned">{list(t('pinnedTitle'), pinned)}</div>}
      {list(t('title'), items)}
      {query.data && pinned.length + items.length === 0 && (
        <p className="text-muted text-sm">{canWrite ? t('none') : t('noneToRead')}</p>
      )}
      {query.hasNextPage && (
        <Button
          size="sm"
          variant="outline"
          className="self-start"
          isPending={query.isFetchingNextPage}
          onPress={() => void query.fetchNextPage()}
        >
          {t('older')}
        </Button>
      )}
    </div>
  );
}
