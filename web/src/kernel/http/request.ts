import { session } from '@/kernel/session/session';
import { Problem, problemOf } from './problem';
import { uploading } from './uploading';

export type QueryValue = string | number | boolean | null | undefined | readonly (string | number)[];

export interface RequestOptions {
  query?: Readonly<Record<string, QueryValue>>;
  /** Sent as JSON; a file is sent as it is. */
  body?: unknown;
  /** Version of the row the change is based on; becomes `If-Match`. */
  version?: number | string;
  signal?: AbortSignal;
  /** Told how much of a file is on its way, from 0 to 1. */
  onSent?: (part: number) => void;
  headers?: Readonly<Record<string, string>>;
}

export function queryString(query: Readonly<Record<string, QueryValue>> | undefined): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null || value === '') continue;
    params.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** The answer itself, for downloads and headers. Throws `Problem` on every non-2xx answer and when none came. */
export async function respond(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json', ...options.headers });
  if (options.version !== undefined) headers.set('If-Match', `"${options.version}"`);
  const init: RequestInit = { method, headers };
  if (options.signal) init.signal = options.signal;
  let transport: ReturnType<typeof uploading> | undefined;
  if (options.body instanceof Blob) {
    headers.set('Content-Type', 'application/octet-stream');
    if (options.onSent) transport = uploading(options.body, options.onSent);
    else init.body = options.body;
  } else if (options.body !== undefined) {
    headers.set('Content-Type', method === 'PATCH' ? 'application/merge-patch+json' : 'application/json');
    init.body = JSON.stringify(options.body);
  }
  const url = new URL(path + queryString(options.query), window.location.origin);
  let response: Response;
  try {
    response = await session.send(new Request(url, init), transport);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, { code: 'offline' });
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** Sends one request to the API and reads its JSON answer (`undefined` for 204). */
export async function request<T>(method: string, path: string, options?: RequestOptions): Promise<T> {
  const response = await respond(method, path, options);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
