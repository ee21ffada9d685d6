import { useEffect, useRef } from 'react';
import { classes } from '../classes';
import { FieldNotes } from './FieldNotes';
import type { FieldProps } from './field';

/** Some of a few usual lengths of time, in minutes; one that is not usual stands among them while it is chosen. */
export function Spans({
  options,
  nameOf,
  most,
  ...props
}: FieldProps<readonly number[]> & { options: readonly number[]; nameOf: (minutes: number) => string; most: number }) {
  const first = useRef<HTMLButtonElement>(null);
  const focuses = props.autoFocus ?? false;
  useEffect(() => {
    if (focuses) first.current?.focus();
  }, [focuses]);
  const all = [...new Set([...options, ...props.value])].sort((a, b) => a - b);
  return (
    <fieldset className="flex flex-col gap-1" disabled={props.disabled ?? false}>
      <legend className="label mb-1">{props.label}</legend>
      <div className="flex flex-wrap gap-1.5">
        {all.map((minutes, place) => {
          const chosen = props.value.includes(minutes);
          return (
            <button
              key={minutes}
              ref={place === 0 ? first : null}
              type="button"
              aria-pressed={chosen}
              disabled={!chosen && props.value.length >= most}
              className={classes('preset', chosen && 'preset--on')}
              onClick={() =>
                props.onChange(
                  chosen ? props.value.filter(one => one !== minutes) : [...props.value, minutes].sort((a, b) => b - a),
                )
              }
              {...(props.onBlur ? { onBlur: props.onBlur } : {})}
            >
              {nameOf(minutes)}
            </button>
          );
        })}
      </div>
      <FieldNotes help={props.help} error={undefined} />
      {props.error && <p className="text-danger text-xs">{props.error}</p>}
    </fieldset>
  );
}
