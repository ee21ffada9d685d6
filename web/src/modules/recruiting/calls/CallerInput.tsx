import type { CallInput, CallRow, CandidateRow } from '@/api/types.gen';
import { request } from '@/kernel/http/request';
import { useFind } from '@/kernel/records/lookups';
import type { OwnInputProps } from '@/kernel/records/noun';
import { useAccess } from '@/kernel/session/useSession';
import { OpenLookup } from '@/ui/fields/OpenLookup';

const candidates = '/api/v1/recruiting/candidates';

/** Who called: any name, or a candidate, whose record and number are then filled in. */
export default function CallerInput({
  value,
  values,
  set,
  noun: _,
  row: __,
  ...field
}: OwnInputProps<CallRow, CallInput>) {
  const find = useFind(`${candidates}/lookup`);
  const can = useAccess();

  async function choose(id: string) {
    set({ candidateId: id });
    if (values.callerNumber || !can('candidates')) return;
    try {
      const { phone } = await request<CandidateRow>('GET', `${candidates}/${id}`);
      if (phone) set({ callerNumber: phone });
    } catch {
      // The number is a convenience; without it, it is typed.
    }
  }

  return (
    <OpenLookup
      {...field}
      value={typeof value === 'string' && value !== '' ? value : null}
      onChange={name => field.onChange(name ?? '')}
      find={find}
      maxLength={255}
      onChoose={({ id }) => void (id && choose(id))}
    />
  );
}
