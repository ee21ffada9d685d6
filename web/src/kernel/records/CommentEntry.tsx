import PencilSquare from '@heroicons/react/16/solid/PencilSquareIcon';
import Trash from '@heroicons/react/16/solid/TrashIcon';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { CommentRow } from '@/api/types.gen';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import { Avatar } from '@/ui/parts/Avatar';
import { Moment } from '@/ui/parts/Moment';
import { partsOf } from './mentions';

/** One comment; its author may change it in place. */
export function CommentEntry(props: {
  comment: CommentRow;
  mine: boolean;
  onDelete: () => void;
  form: (done: () => void) => ReactNode;
}) {
  const t = useTranslations('comments');
  const tr = useTranslations('records');
  const [editing, setEditing] = useState(false);
  const { comment } = props;
  let at = 0;
  return (
    <li className="flex gap-3">
      <span className="mt-0.5 flex-none">
        <Avatar name={comment.author.fullName} size={24} />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex min-h-7 items-center gap-2 text-sm">
          <span className="min-w-0 truncate font-medium">{comment.author.fullName}</span>
          <span className="flex-none text-muted text-xs">
            <Moment at={comment.createdAt} />
            {comment.editedAt && ` · ${t('edited')}`}
          </span>
          {props.mine && !editing && (
            <span className="ms-auto flex-none">
              <ActionMenu
                label={t('actions')}
                actions={[
                  { id: 'edit', label: tr('edit'), icon: <PencilSquare />, run: () => setEditing(true) },
                  { id: 'delete', label: tr('delete'), icon: <Trash />, danger: true, run: props.onDelete },
                ]}
              />
            </span>
          )}
        </div>
        {editing ? (
          props.form(() => setEditing(false))
        ) : (
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
        )}
      </div>
    </li>
  );
}
