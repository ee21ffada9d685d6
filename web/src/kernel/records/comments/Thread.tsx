import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { CommentThread } from '@/api/types.gen';
import { CommentEntry } from './CommentEntry';
import { Composer } from './Composer';
import { inputOf } from './draft';
import { getDraft } from './drafts';
import { answered, foldedReplies } from './threads';
import { type Comments, isSending } from './useComments';

/** A comment with what was answered to it; of many answers only the newest show at first. */
export function Thread(props: { thread: CommentThread; comments: Comments; canWrite: boolean; draftKey: string }) {
  const t = useTranslations('comments');
  const { thread, comments, canWrite } = props;
  const replyKey = `${props.draftKey}/reply/${thread.id}`;
  const [open, setOpen] = useState(false);
  const [answering, setAnswering] = useState(() => getDraft(replyKey) !== undefined);
  const { hidden, shown } = open ? { hidden: 0, shown: thread.replies } : foldedReplies(thread.replies);
  const entry = (comment: CommentThread['replies'][number]) => (
    <CommentEntry
      comment={comment}
      comments={comments}
      canWrite={canWrite}
      draftKey={`${props.draftKey}/edit/${comment.id}`}
      onReply={
        canWrite && !answering && comment.id === (thread.replies.at(-1)?.id ?? thread.id)
          ? () => setAnswering(true)
          : undefined
      }
    />
  );
  return (
    <li className="flex flex-col gap-3">
      {entry(thread)}
      {(thread.replies.length > 0 || answering) && (
        <div className="comment-replies">
          {hidden > 0 && (
            <button type="button" className="front-link self-start" aria-expanded={false} onClick={() => setOpen(true)}>
              {t('earlierReplies', { count: hidden })}
            </button>
          )}
          {shown.length > 0 && (
            <ol aria-label={t('replies')} className="flex flex-col gap-3">
              {shown.map(reply => (
                <li key={reply.id}>{entry(reply)}</li>
              ))}
            </ol>
          )}
          {answering && (
            <Composer
              draftKey={replyKey}
              label={t('writeReply')}
              people={comments.readers}
              action={t('reply')}
              rows={2}
              ahead
              autoFocus
              onCancel={() => setAnswering(false)}
              onSend={async draft => {
                const to = answered({ ...thread, replies: thread.replies.filter(reply => !isSending(reply)) });
                const refused = await comments.say(inputOf(draft), draft.people, { to, thread: thread.id });
                if (refused === null && getDraft(replyKey) === undefined) setAnswering(false);
                return refused;
              }}
            />
          )}
        </div>
      )}
    </li>
  );
}
