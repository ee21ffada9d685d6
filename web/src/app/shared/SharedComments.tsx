import ArrowDownTray from '@heroicons/react/16/solid/ArrowDownTrayIcon';
import { useLocale, useTranslations } from 'use-intl';
import type { SharedComment } from '@/api/types.gen';
import { Checklist } from '@/kernel/records/comments/Checklist';
import { FileMark } from '@/kernel/records/comments/FileMark';
import { Moment } from '@/ui/parts/Moment';
import { writeSize } from '@/ui/size';

/** What was said for people outside too, newest first. */
export function SharedComments({ token, comments }: { token: string; comments: readonly SharedComment[] }) {
  const t = useTranslations('shared');
  const tc = useTranslations('comments');
  const locale = useLocale();
  return (
    <section
      aria-labelledby="shared-comments"
      className="mt-4 rounded-xl border border-border bg-sheet p-5 shadow-surface sm:p-8"
    >
      <h2 id="shared-comments" className="font-semibold text-base">
        {t('comments')}
      </h2>
      <ol className="mt-4 flex flex-col gap-5">
        {comments.map(comment => (
          <li key={comment.id} className="min-w-0">
            <p className="text-muted text-xs">
              {comment.authorName && (
                <span className="font-medium text-foreground text-sm">{`${comment.authorName} `}</span>
              )}
              <Moment at={comment.createdAt} />
              {comment.editedAt && ` · ${tc('edited')}`}
            </p>
            {comment.body !== '' && <p className="mt-0.5 whitespace-pre-wrap break-words text-sm">{comment.body}</p>}
            {comment.checklist.length > 0 && <Checklist items={comment.checklist} />}
            {comment.attachments.length > 0 && (
              <ul aria-label={tc('files')} className="mt-1.5 flex flex-wrap gap-1.5">
                {comment.attachments.map(file => (
                  <li key={file.id} className="min-w-0 max-w-full">
                    <a
                      className="file-chip file-chip--button"
                      href={`/api/v1/shared/${encodeURIComponent(token)}/files/${file.id}`}
                      download={file.name}
                    >
                      <FileMark type={file.contentType} />
                      <span className="sr-only">{tc('download')}</span>
                      <span className="min-w-0 truncate">{file.name}</span>
                      <span className="flex-none text-muted">{writeSize(file.size, locale)}</span>
                      <ArrowDownTray aria-hidden="true" className="size-4 flex-none text-muted" />
                    </a>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
