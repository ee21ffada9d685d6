import { useTranslations } from 'use-intl';
import type { ChecklistItem } from '@/api/types.gen';
import { Progress } from '@/ui/parts/Progress';
import { progressOf } from './threads';

/** What is to be done, and how much of it is. Without `onTick` it is only read. */
export function Checklist(props: {
  items: readonly ChecklistItem[];
  onTick?: ((item: string, done: boolean) => void) | undefined;
}) {
  const t = useTranslations('comments');
  const { done, total } = progressOf(props.items);
  const note = t('progress', { done, total });
  return (
    <fieldset className="comment-checklist">
      <legend className="sr-only">{t('checklist')}</legend>
      <div className="flex items-center gap-2 pb-1">
        <span className="flex-none text-muted text-xs tabular-nums">{note}</span>
        <span className="w-24 flex-none">
          <Progress label={t('checklist')} part={total === 0 ? 0 : done / total} note={note} />
        </span>
      </div>
      {props.items.map(item => (
        <label key={item.id} className="comment-checklist__item">
          <input
            type="checkbox"
            checked={item.done}
            disabled={!props.onTick}
            onChange={event => props.onTick?.(item.id, event.target.checked)}
          />
          <span className={item.done ? 'text-muted line-through' : ''}>{item.text}</span>
        </label>
      ))}
    </fieldset>
  );
}
