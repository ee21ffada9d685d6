import { Button } from '@heroui/react/button';
import type { Saving } from '@/kernel/http/useSave';

/** The end of a small form: what went wrong, and its verb. */
export function SaveBar({ saving, submit, disabled }: { saving: Saving; submit: string; disabled?: boolean }) {
  return (
    <div className="flex flex-col items-start gap-3">
      <div role="alert">{saving.failure && <p className="text-danger text-sm">{saving.failure}</p>}</div>
      <Button type="submit" isPending={saving.waiting} isDisabled={disabled ?? false}>
        {submit}
      </Button>
    </div>
  );
}
