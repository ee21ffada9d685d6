import type { DownloadTicket } from '@/api/types.gen';
import { request } from './request';

/** Asks for a link, which is when the right to the file is checked, and lets the browser download it. Throws `Problem`. */
export async function fetchFile(path: string): Promise<DownloadTicket> {
  const link = await request<DownloadTicket>('POST', path);
  const anchor = document.createElement('a');
  anchor.href = link.url;
  anchor.download = link.fileName;
  anchor.click();
  return link;
}
