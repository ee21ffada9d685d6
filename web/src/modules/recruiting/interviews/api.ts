import { getInterviewConflicts, moveInterview, rescheduleInterview } from '@/api/interviews/sdk.gen';
import type {
  BookingConflict,
  GetInterviewConflictsData,
  InterviewRow,
  InterviewStatus,
  RescheduleInterviewRequest,
} from '@/api/types.gen';
import { client } from '@/kernel/http/sdk';

export interface Availability {
  conflicts: BookingConflict[];
  /** Instants at which everybody is free, soonest first; empty when nobody is in the way. */
  suggestions: string[];
}

export async function move(row: InterviewRow, status: InterviewStatus, reason: string | null): Promise<InterviewRow> {
  const { data } = await moveInterview({
    client,
    throwOnError: true,
    path: { id: row.id },
    headers: { 'If-Match': `"${row.version}"` },
    body: { status, reason },
  });
  return data;
}

export async function reschedule(id: string, body: RescheduleInterviewRequest): Promise<InterviewRow> {
  const { data } = await rescheduleInterview({ client, throwOnError: true, path: { id }, body });
  return data;
}

/** Who is busy at a time. */
export async function availability(
  query: GetInterviewConflictsData['query'],
  signal: AbortSignal,
): Promise<Availability> {
  const { data } = await getInterviewConflicts({ client, throwOnError: true, query, signal });
  return data as Availability;
}
