import { useTranslations } from 'use-intl';
import { classes } from '../classes';
import type { FieldProps } from './field';
import { TextInput } from './TextInput';

/** Hues far enough apart to be told from each other, on light and on dark. */
const colors = [
  '#8A94A6',
  '#2F6FED',
  '#0891B2',
  '#0F766E',
  '#1F9D61',
  '#4D7C0F',
  '#B9812A',
  '#B45309',
  '#D6453D',
  '#DB2777',
  '#9333EA',
  '#8B5CF6',
];

/** A colour (#rrggbb): one of a dozen, or typed. */
export function ColorInput(props: FieldProps<string | null>) {
  const t = useTranslations('ui');
  return (
    <div className="flex flex-col gap-2">
      <TextInput {...props} maxLength={7} placeholder="#2F6FED" />
      <div role="group" aria-label={props.label} className="flex flex-wrap gap-1.5">
        {colors.map(color => (
          <button
            key={color}
            type="button"
            aria-label={t('color', { color })}
            aria-pressed={props.value?.toUpperCase() === color}
            className={classes('color-swatch', props.value?.toUpperCase() === color && 'color-swatch--on')}
            style={{ background: color }}
            onClick={() => props.onChange(color)}
          />
        ))}
      </div>
    </div>
  );
}
