import Bookmark from '@heroicons/react/16/solid/BookmarkIcon';
import BookmarkSlash from '@heroicons/react/16/solid/BookmarkSlashIcon';
import Eye from '@heroicons/react/16/solid/EyeIcon';
import PencilSquare from '@heroicons/react/16/solid/PencilSquareIcon';
import Trash from '@heroicons/react/16/solid/TrashIcon';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { CommentRow } from '@/api/types.gen';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import { confirm } from '@/ui/overlays/ask';
import { Avatar } from '@/ui/parts/Avatar';
import { Moment } from '@/ui/parts/Moment';
import { useMe } from '../../session/useSession';
import { Attachments } from './Attachments';
import { Checklist } from './Checklist';
import { Composer } from './Composer';
import { draftOf, inputOf } from './draft';
import { setDraft } from './drafts';
import { partsOf } from './mentions';
import { type Comments, isSending } from './useComments';

/** One comment. Its author may change it in place; everybody who may write pins it and ticks what is done. */
export function CommentEntry(props: {
  comment: CommentRow;
  comments: Comments;
  canWrite: boolean;
  draftKey: string;
  onReply?: (() => void) | undefined;
}) {
  const t = useTranslations('comments');
  const tr = useTranslations('records');
  const me = useMe();
  const [editing, setEditing] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const { comment, comments } = props;
  const onItsWay = isSending(comment);
  const canWrite = props.canWrite && !onItsWay && !comment.removed;
  const mine = canWrite && comment.author.id === me.user.id;

  async function remove() {
    const yes = await confirm({
      title: t('deleteAsk'),
      sentence: t('deleteSentence'),
      action: tr('delete'),
      danger: true,
    });
    if (yes) setFailure(await comments.remove(comment));
  }

  const actions = [
    ...(canWrite && comment.replyToId === null
      ? [
          {
            id: 'pin',
            label: comment.pinned ? t('unpin') : t('pin'),
            icon: comment.pinned ? <BookmarkSlash /> : <Bookmark />,
            run: () => void comments.pin(comment, !comment.pinned).then(setFailure),
          },
        ]
      : []),
    ...(mine
      ? [
          { id: 'edit', label: tr('edit'), icon: <PencilSquare />, run: () => setEditing(true) },
          { id: 'delete', label: tr('delete'), icon: <Trash />, danger: true, run: () => void remove() },
        ]
      : []),
  ];

  return (
    <article
      aria-label={t('by', { name: comment.author.fullName })}
      className="comment"
      data-sending={onItsWay || undefined}
    >
      <span className="mt-0.5 flex-none">
        <Avatar name={comment.author.fullName} size={24} />
      </span>
      <div className="min-w-0 flex-1">
        <header className="flex min-h-7 items-center gap-2 text-sm">
          <span className="min-w-0 truncate font-medium">{comment.author.fullName}</span>
          <span className="flex-none text-muted text-xs">
            {onItsWay ? t('sending') : <Moment at={comment.createdAt} />}
            {comment.editedAt && ` · ${t('edited')}`}
          </span>
          <span className="ms-auto flex flex-none items-center gap-1">
            {comment.pinned && (
              <span className="comment-badge">
                <Bookmark aria-hidden="true" className="size-3.5" />
                <span className="max-sm:sr-only">{t('pinned')}</span>
              </span>
            )}
            {comment.clientVisible && (
              <span className="comment-badge comment-badge--outside">
                <Eye aria-hidden="true" className="size-3.5" />
                <span className="max-sm:sr-only">{t('outside')}</span>
              </span>
            )}
            {!editing && <ActionMenu label={t('actions')} actions={actions} />}
          </span>
        </header>
        {editing ? (
          <Composer
            draftKey={props.draftKey}
            label={t('edit')}
            people={comments.readers}
            action={tr('save')}
            start={draftOf(comment)}
            autoFocus
            onCancel={() => {
              setDraft(props.draftKey, null);
              setEditing(false);
            }}
            onSend={async draft => {
              const refused = await comments.edit(comment, inputOf(draft));
              if (refused === null) setEditing(false);
              return refused;
            }}
          />
        ) : (
          <>
            {comment.removed ? <p className="text-muted text-sm italic">{t('removed')}</p> : <Body comment={comment} />}
            {comment.checklist.length > 0 && (
              <Checklist
                items={comment.checklist}
                {...(canWrite
                  ? { onTick: (item, done) => void comments.tick(comment, item, done).then(setFailure) }
                  : {})}
              />
            )}
            {comment.attachments.length > 0 && <Attachments files={comment.attachments} />}
          </>
        )}
        {failure && (
          <p role="alert" className="mt-1 text-danger text-xs">
            {failure}
          </p>
        )}
        {props.onReply && !editing && !onItsWay && (
          <button type="button" className="front-link mt-0.5" onClick={props.onReply}>
            {t('reply')}
          </button>
        )}
      </div>
    </article>
  );
}

function Body({ comment }: { comment: CommentRow }) {
  let at = 0;
  if (comment.body === '') return null;
  return (
    <p className="whitespace-pre-wrap break-words text-sm">
      {partsOf(comment.body, comment.mentions).map(part => {
        const key = at;
        at += part.text.length;
        return part.person ? (
          <span key={key} className="mention">
            {part.text}
          </span>
        ) : (
          part.text
        );
      })}
    </p>
  );
}
