import { request } from './request';

/** A way to one file, for one download within a short time. */
export interface FileLink {
  url: string;
  expiresAt: string;
  fileName: string;
  size: number;
  sha256: string;
}

/** Asks for a link, which is when the right to the file is checked, and lets the browser download it. Throws `Problem`. */
export async function fetchFile(path: string): Promise<FileLink> {
  const link = await request<FileLink>('POST', path);
  const anchor = document.createElement('a');
  anchor.href = link.url;
  anchor.download = link.fileName;
  anchor.click();
  return link;
}
