import type { OwnInputProps } from '@/kernel/records/noun';
import { ColorInput } from '@/ui/fields/ColorInput';

/** The colour of a status or a kind of work. */
export default function ColorField(props: OwnInputProps<object, object>) {
  return <ColorInput {...props} value={typeof props.value === 'string' ? props.value : null} />;
}
