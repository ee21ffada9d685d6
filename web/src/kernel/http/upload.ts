import { session } from '@/kernel/session/session';
import { Problem } from './problem';
import { type QueryValue, queryString } from './request';

export interface UploadOptions {
  query?: Readonly<Record<string, QueryValue>>;
  /** Gets the part that was sent, from 0 to 1. */
  onProgress: (part: number) => void;
  signal: AbortSignal;
}

/**
 * Sends a file and tells how far it has come, which `fetch` can't. Throws `Problem` on every non-2xx answer and when none
 * came, and an `AbortError` when it was given up.
 */
export async function upload<T>(path: string, file: Blob, options: UploadOptions): Promise<T> {
  const token = await session.freshToken();
  options.signal.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', path + queryString(options.query));
    call.setRequestHeader('Accept', 'application/json');
    call.setRequestHeader('Content-Type', 'application/octet-stream');
    if (token) call.setRequestHeader('Authorization', `Bearer ${token}`);
    call.upload.onprogress = event => event.lengthComputable && options.onProgress(event.loaded / event.total);
    call.onload = () => {
      const answer = parse(call.responseText);
      if (call.status >= 200 && call.status < 300) resolve(answer as T);
      else reject(new Problem(call.status, answer));
    };
    call.onerror = () => reject(new Problem(0, { code: 'offline' }));
    call.onabort = () => reject(new DOMException('The upload was given up.', 'AbortError'));
    options.signal.addEventListener('abort', () => call.abort(), { once: true });
    call.send(file);
  });
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
