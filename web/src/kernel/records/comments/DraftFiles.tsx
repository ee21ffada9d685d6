import ArrowPath from '@heroicons/react/16/solid/ArrowPathIcon';
import XMark from '@heroicons/react/16/solid/XMarkIcon';
import { useLocale, useTranslations } from 'use-intl';
import { Progress } from '@/ui/parts/Progress';
import { writeSize } from '@/ui/size';
import type { DraftFile } from './draft';
import { FileMark } from './FileMark';

/** Files of a comment that is being written: how far they have come, and what went wrong. */
export function DraftFiles(props: {
  files: readonly DraftFile[];
  onRemove: (key: string) => void;
  onRetry: (key: string) => void;
}) {
  const t = useTranslations('comments');
  const locale = useLocale();
  return (
    <ul aria-label={t('files')} className="flex flex-wrap gap-1.5 px-3 pt-1 pb-1.5">
      {props.files.map(file => {
        const fault =
          file.fault && (file.fault.kind === 'refused' ? file.fault.message : t(`fault.${file.fault.kind}`));
        return (
          <li key={file.key} className="file-chip min-w-0 max-w-full" data-failed={fault ? true : undefined}>
            <FileMark type={file.attachment?.contentType} />
            <span className="min-w-0">
              <span className="flex min-w-0 gap-1.5">
                <span className="min-w-0 truncate">{file.name}</span>
                <span className="flex-none text-muted">{writeSize(file.size, locale)}</span>
              </span>
              {fault && (
                <span role="alert" className="block text-danger text-xs">
                  {fault}
                </span>
              )}
              {!fault && !file.attachment && <Progress label={t('uploading', { name: file.name })} part={file.part} />}
            </span>
            {file.fault && (file.fault.kind === 'offline' || file.fault.kind === 'refused') && (
              <button
                type="button"
                className="comment-small"
                aria-label={t('retryFile', { name: file.name })}
                onClick={() => props.onRetry(file.key)}
              >
                <ArrowPath className="size-4" />
              </button>
            )}
            <button
              type="button"
              className="comment-small"
              aria-label={t('removeFile', { name: file.name })}
              onClick={() => props.onRemove(file.key)}
            >
              <XMark className="size-4" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
