import { useId } from 'react';

export interface CheckOption {
  id: string;
  name: string;
  hint?: string;
}

/** Some of a few, each with its own tick box. */
export function CheckList(props: {
  label: string;
  options: readonly CheckOption[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  help?: string;
  error?: string | undefined;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    <fieldset
      className="check-list"
      disabled={props.disabled}
      aria-describedby={props.error || props.help ? id : undefined}
    >
      <legend className="label">{props.label}</legend>
      {props.options.map(option => (
        <label key={option.id} className="check-list__option">
          <input
            type="checkbox"
            checked={props.value.includes(option.id)}
            onChange={event =>
              props.onChange(
                props.options
                  .map(one => one.id)
                  .filter(one => (one === option.id ? event.target.checked : props.value.includes(one))),
              )
            }
          />
          <span>{option.name}</span>
          {option.hint && <span className="ms-auto text-muted text-xs">{option.hint}</span>}
        </label>
      ))}
      {(props.error || props.help) && (
        <p id={id} className={`text-xs ${props.error ? 'text-danger' : 'text-muted'}`}>
          {props.error ?? props.help}
        </p>
      )}
    </fieldset>
  );
}
