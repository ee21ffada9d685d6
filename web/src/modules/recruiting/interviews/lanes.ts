import type { InterviewRow, InterviewStatus } from '@/api/types.gen';
import type { Tone } from '@/ui/parts/StateDot';

export const tones: Readonly<Record<InterviewStatus, Tone>> = {
  scheduled: 'blue',
  in_progress: 'violet',
  completed: 'green',
  cancelled: 'grey',
  no_show: 'red',
};

type Interviewer = Pick<InterviewRow, 'interviewerUserId' | 'interviewerName'>;

/** Whose lane an interview lies in: a colleague's by id, that of somebody from outside by name. */
export function laneKey(row: Interviewer): string {
  return row.interviewerUserId ? `user:${row.interviewerUserId}` : `name:${row.interviewerName}`;
}

/** The interviewer a lane belongs to, as the API takes them. */
export function laneOf(key: string): { interviewerUserId?: string; interviewerName?: string } {
  return key.startsWith('user:') ? { interviewerUserId: key.slice(5) } : { interviewerName: key.slice(5) };
}

/** A lane for everybody who holds one of the interviews, by name. */
export function lanesOf(rows: readonly Interviewer[]): { id: string; name: string }[] {
  const lanes = new Map(rows.map(row => [laneKey(row), row.interviewerName]));
  return [...lanes].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
}
