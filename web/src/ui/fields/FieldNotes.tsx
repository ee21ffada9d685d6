import { Description } from '@heroui/react/description';
import { FieldError } from '@heroui/react/field-error';
import { Label } from '@heroui/react/label';

export function FieldLabel({ label }: { label: string }) {
  return <Label>{label}</Label>;
}

/** The error, else the help: never both. */
export function FieldNotes({ help, error }: { help?: string | undefined; error?: string | undefined }) {
  if (error !== undefined) return <FieldError>{error}</FieldError>;
  return help ? <Description>{help}</Description> : null;
}
