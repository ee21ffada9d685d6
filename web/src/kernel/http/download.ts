import { type QueryValue, respond } from './request';

/** Saves an answer of the API as a file, under the name the server gives it. Throws `Problem`. */
export async function download(
  path: string,
  fallbackName: string,
  query?: Readonly<Record<string, QueryValue>>,
): Promise<void> {
  const response = await respond('GET', path, { headers: { Accept: '*/*' }, ...(query ? { query } : {}) });
  const disposition = response.headers.get('Content-Disposition') ?? '';
  const name = /filename\*?=(?:UTF-8'')?"?([^";]+)"?/i.exec(disposition)?.[1];
  saveBlob(await response.blob(), name ? decodeURIComponent(name) : fallbackName);
}

/** Saves a text as a file. */
export const saveText = (text: string, name: string, type: string) => saveBlob(new Blob([text], { type }), name);

function saveBlob(blob: Blob, name: string) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
