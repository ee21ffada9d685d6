import StarOutline from '@heroicons/react/16/solid/StarIcon';
import { useTranslations } from 'use-intl';
import type { CallRow } from '@/api/types.gen';
import type { RecordRow } from '@/kernel/records/fields';
import type { Noun } from '@/kernel/records/noun';
import { useVerbs } from '@/kernel/records/useVerbs';
import { useAccess } from '@/kernel/session/useSession';

/** Marks a call as important, with one press in the list. */
export function ImportantStar({ noun, call }: { noun: Noun; call: CallRow }) {
  const t = useTranslations('calls');
  const verbs = useVerbs(noun);
  const can = useAccess();
  if (!can(noun.page, 'write') || call.deletedAt) {
    return call.isImportant ? (
      <StarOutline className="size-4 flex-none text-tone-amber" role="img" aria-label={t('important')} />
    ) : null;
  }
  return (
    <button
      type="button"
      tabIndex={-1}
      className="star-toggle"
      aria-pressed={call.isImportant}
      aria-label={t('markImportant', { name: call.callerName })}
      onClick={event => {
        event.preventDefault();
        event.stopPropagation();
        void verbs.change(call as unknown as RecordRow, { isImportant: !call.isImportant });
      }}
    >
      <StarOutline className="size-4" />
    </button>
  );
}
