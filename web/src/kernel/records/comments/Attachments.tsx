import ArrowDownTray from '@heroicons/react/16/solid/ArrowDownTrayIcon';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { Attachment } from '@/api/types.gen';
import { classes } from '@/ui/classes';
import { writeSize } from '@/ui/size';
import { fetchFile } from '../../http/fetchFile';
import { isProblem } from '../../http/problem';
import { AttachedImage, isShown } from './AttachedImage';
import { FileMark } from './FileMark';

/** Files of a comment; a press downloads one. */
export function Attachments({ files }: { files: readonly Attachment[] }) {
  const t = useTranslations('comments');
  const locale = useLocale();
  const [failure, setFailure] = useState<string | null>(null);

  async function download(file: Attachment) {
    setFailure(null);
    try {
      await fetchFile(`/api/v1/files/${file.id}/link`);
    } catch (error) {
      if (!isProblem(error)) throw error;
      setFailure(error.status === 404 ? t('fileGone') : error.message);
    }
  }

  return (
    <>
      <ul aria-label={t('files')} className="mt-1.5 flex flex-wrap gap-1.5">
        {files.map(file => (
          <li key={file.id} className="min-w-0 max-w-full">
            <button
              type="button"
              className={classes('file-chip file-chip--button', isShown(file) && 'file-chip--image')}
              onClick={() => void download(file)}
            >
              {isShown(file) ? <AttachedImage file={file} /> : <FileMark type={file.contentType} />}
              <span className="file-chip__name">
                <span className="sr-only">{t('download')}</span>
                <span className="min-w-0 truncate">{file.name}</span>
                <span className="flex-none text-muted">{writeSize(file.size, locale)}</span>
                <ArrowDownTray aria-hidden="true" className="size-4 flex-none text-muted" />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {failure && (
        <p role="alert" className="mt-1 text-danger text-xs">
          {failure}
        </p>
      )}
    </>
  );
}
