import { classes } from '../classes';

/** A tick box light enough for a thousand rows; a native one could not tell whether shift was held. */
export function Checkmark(props: {
  label: string;
  checked: boolean;
  mixed?: boolean;
  onToggle: (shift: boolean) => void;
  tabIndex?: number;
}) {
  const on = props.checked || props.mixed;
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={props.mixed ? 'mixed' : props.checked}
      aria-label={props.label}
      tabIndex={props.tabIndex}
      className="checkmark"
      onClick={event => {
        event.stopPropagation();
        props.onToggle(event.shiftKey);
      }}
    >
      <span className={classes('checkmark__box', on && 'checkmark__box--on')}>
        {props.mixed ? (
          <svg viewBox="0 0 12 12" aria-hidden="true">
            <path d="M3 6h6" />
          </svg>
        ) : (
          props.checked && (
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <path d="m2.5 6.3 2.3 2.3 4.7-5" />
            </svg>
          )
        )}
      </span>
    </button>
  );
}
