import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { FieldLabel, FieldNotes } from './FieldNotes';
import { aria, type FieldProps } from './field';

export interface CardOption {
  id: string;
  name: string;
  sentence?: string;
  disabled?: boolean;
}

/** One of a few, each with a sentence about what it means. */
export function Cards(props: FieldProps<string> & { options: readonly CardOption[]; columns?: 1 | 2 | 3 }) {
  return (
    <RadioGroup {...aria(props)} value={props.value} onChange={props.onChange} className="flex flex-col gap-1.5">
      <FieldLabel label={props.label} />
      <div className="card-options" data-columns={props.columns ?? 1}>
        {props.options.map(option => (
          <Radio key={option.id} value={option.id} isDisabled={option.disabled ?? false} className="card-option">
            <span aria-hidden="true" className="card-option__mark" />
            <span className="min-w-0">
              <span className="block font-medium">{option.name}</span>
              {option.sentence && <span className="block text-muted text-xs">{option.sentence}</span>}
            </span>
          </Radio>
        ))}
      </div>
      <FieldNotes help={props.help} error={props.error} />
    </RadioGroup>
  );
}
