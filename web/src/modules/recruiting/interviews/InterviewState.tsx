import type { InterviewStatus } from '@/api/types.gen';
import { FieldValue } from '@/kernel/records/FieldValue';
import interviews from '../interviews.noun';

/** How far an interview is, in the words of its own list. */
export function InterviewState({ status }: { status: InterviewStatus }) {
  return <FieldValue noun={interviews} name="status" value={status} />;
}
