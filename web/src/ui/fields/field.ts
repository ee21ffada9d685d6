/** What every form field takes. Values are what the API takes; `null` is "nothing". */
export interface FieldProps<Value> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  onBlur?: () => void;
  name?: string;
  help?: string | undefined;
  error?: string | undefined;
  required?: boolean;
  disabled?: boolean;
  autoFocus?: boolean;
}

/** The part of the props that React Aria's fields understand. */
export function aria<Value>(props: FieldProps<Value>) {
  return {
    name: props.name,
    isRequired: props.required ?? false,
    isDisabled: props.disabled ?? false,
    isInvalid: props.error !== undefined,
    // Errors come from our own rules and the server; the browser's bubbles would double them.
    validationBehavior: 'aria' as const,
    autoFocus: props.autoFocus ?? false,
    onBlur: props.onBlur,
  };
}
