import { followUpCall } from '@/api/calls/sdk.gen';
import type { CallRow } from '@/api/types.gen';
import { client } from '@/kernel/http/sdk';

/** Whether the caller still waits to be called back. */
export const waits = (call: CallRow) => call.followUpAt !== null && call.followedUpAt === null;

/** Notes that the caller was called back. */
export const followUp = (call: CallRow) =>
  followUpCall({
    client,
    throwOnError: true,
    path: { id: call.id },
    headers: { 'If-Match': `"${call.version}"` },
  });
