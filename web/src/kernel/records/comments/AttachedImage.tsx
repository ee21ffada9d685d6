import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Attachment } from '@/api/types.gen';
import type { Problem } from '../../http/problem';
import { respond } from '../../http/request';
import { FileMark } from './FileMark';

/** Larger pictures are for those who download them; the server keeps the same limit. */
const mostBytes = 10 * 1024 * 1024;

export const isShown = ({ contentType, size }: Attachment) => contentType.startsWith('image/') && size <= mostBytes;

/** An attached picture, small; its place is kept while it is on its way. What can't be shown leaves the mark of its kind. */
export function AttachedImage({ file }: { file: Attachment }) {
  const picture = useQuery<Blob, Problem>({
    queryKey: ['file-image', file.id],
    queryFn: async ({ signal }) =>
      (await respond('GET', `/api/v1/files/${file.id}/image`, { signal, headers: { Accept: 'image/*' } })).blob(),
    // A file never changes.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const url = useObjectUrl(picture.data);
  const [broken, setBroken] = useState(false);
  return (
    <span className="file-image">
      {url && !broken ? (
        <img src={url} alt="" className="file-image__picture" onError={() => setBroken(true)} />
      ) : (
        <FileMark type={file.contentType} />
      )}
    </span>
  );
}

function useObjectUrl(blob: Blob | undefined) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
      setUrl(null);
    };
  }, [blob]);
  return url;
}
