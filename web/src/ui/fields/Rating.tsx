import Star from '@heroicons/react/16/solid/StarIcon';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from '../classes';
import { FieldNotes } from './FieldNotes';
import type { FieldProps } from './field';

/** Stars that say how good something is; 0 is "not rated" and draws nothing loud. */
export function Stars({ value, most }: { value: number; most: number }) {
  const t = useTranslations('ui');
  return (
    <span role="img" aria-label={t('stars', { count: value, most })} className="stars">
      {Array.from({ length: most }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stars have no identity
        <Star key={place} className={classes('star', place < value && 'star--on')} />
      ))}
    </span>
  );
}

/** Stars to press. The last one that is lit, pressed again, takes the rating away. */
export function StarButtons(props: {
  label: string;
  value: number;
  most: number;
  onChange: (value: number) => void;
  disabled?: boolean;
  autoFocus?: boolean;
  /** In a grid, which has the keys, the stars are for the pointer alone. */
  tabIndex?: number;
}) {
  const t = useTranslations('ui');
  const { value, most } = props;
  return (
    <span role="group" aria-label={`${props.label}: ${t('stars', { count: value, most })}`} className="stars">
      {Array.from({ length: most }, (_, place) => {
        const stars = place + 1;
        return (
          <button
            key={stars}
            type="button"
            disabled={props.disabled}
            // biome-ignore lint/a11y/noAutofocus: typed in place, nothing else is wanted
            autoFocus={(props.autoFocus ?? false) && stars === Math.max(1, value)}
            tabIndex={props.tabIndex}
            aria-label={t('stars', { count: stars, most })}
            aria-pressed={stars <= value}
            className="star-button"
            onClick={event => {
              event.stopPropagation();
              props.onChange(stars === value ? 0 : stars);
            }}
          >
            <Star className={classes('star', stars <= value && 'star--on')} />
          </button>
        );
      })}
    </span>
  );
}

/** Stars as a field of a form. */
export function RatingInput(props: FieldProps<number> & { most: number }) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <span id={id} className="label">
        {props.label}
      </span>
      <span className="flex h-8 items-center">
        <StarButtons
          label={props.label}
          value={props.value}
          most={props.most}
          onChange={props.onChange}
          disabled={props.disabled ?? false}
          autoFocus={props.autoFocus ?? false}
        />
      </span>
      <FieldNotes help={props.help} error={props.error} />
    </div>
  );
}
