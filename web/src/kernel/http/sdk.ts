import { client } from '@/api/client.gen';
import { session } from '@/kernel/session/session';
import { Problem, problemOf } from './problem';

// The generated calls take the same way to the server as everything else, and fail with the same Problem.
client.setConfig({
  baseUrl: window.location.origin,
  fetch: input => session.send(input instanceof Request ? input : new Request(input)),
  throwOnError: true,
});
client.interceptors.error.use(async (error, response) => {
  if (error instanceof DOMException && error.name === 'AbortError') return error;
  if (!response) return new Problem(0, { code: 'offline' });
  return typeof error === 'object' && error !== null
    ? new Problem(response.status, error as Record<string, unknown>)
    : problemOf(response);
});

export { client };
