import { Button } from '@heroui/react/button';
import { useTranslations } from 'use-intl';
import type { UserRow } from '@/api/types.gen';
import { FormDialog } from '@/ui/overlays/FormDialog';

/** Asks before a person goes to the trash, by name. */
export function LeaveDialog({ user, onAnswer }: { user: UserRow; onAnswer: (yes: boolean | null) => void }) {
  const t = useTranslations('people');
  return (
    <FormDialog title={t('deleteOne', { name: user.fullName })} onClose={() => onAnswer(null)}>
      <p className="text-muted text-sm">{t('deleteSentence')}</p>
      <div className="mt-5 flex justify-end gap-2">
        <Button autoFocus variant="outline" onPress={() => onAnswer(false)}>
          {t('cancel')}
        </Button>
        <Button variant="danger" onPress={() => onAnswer(true)}>
          {t('deleteAction')}
        </Button>
      </div>
    </FormDialog>
  );
}
