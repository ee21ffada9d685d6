/**
 * Sends a request's body as `fetch` would, and tells how much of it is on its way (0 to 1): `fetch` does not know. The body is
 * given beside the request, so that a large file is not copied.
 */
export function uploading(body: Blob, told: (part: number) => void): (request: Request) => Promise<Response> {
  return request =>
    new Promise((resolve, reject) => {
      const sent = new XMLHttpRequest();
      const aborted = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
      if (request.signal.aborted) return aborted();
      sent.open(request.method, request.url);
      request.headers.forEach((value, name) => {
        sent.setRequestHeader(name, value);
      });
      sent.responseType = 'blob';
      sent.upload.onprogress = event => {
        if (event.lengthComputable) told(event.loaded / event.total);
      };
      sent.onload = () =>
        resolve(
          new Response(sent.status === 204 ? null : (sent.response as Blob), {
            status: sent.status,
            headers: { 'Content-Type': sent.getResponseHeader('Content-Type') ?? '' },
          }),
        );
      sent.onerror = () => reject(new TypeError('The upload did not arrive.'));
      sent.onabort = aborted;
      request.signal.addEventListener('abort', () => sent.abort(), { once: true });
      sent.send(body);
    });
}
