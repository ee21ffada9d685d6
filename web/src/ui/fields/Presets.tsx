import { classes } from '../classes';

/** A few usual values as buttons under a field. */
export function Presets<Value extends string | number>(props: {
  label: string;
  options: readonly { value: Value; name: string }[];
  chosen: Value | null;
  onChoose: (value: Value) => void;
}) {
  return (
    <div role="group" aria-label={props.label} className="flex flex-wrap gap-1.5">
      {props.options.map(option => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === props.chosen}
          className={classes('preset', option.value === props.chosen && 'preset--on')}
          onClick={() => props.onChoose(option.value)}
        >
          {option.name}
        </button>
      ))}
    </div>
  );
}
