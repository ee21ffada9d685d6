import Eye from '@heroicons/react/16/solid/EyeIcon';
import { Button } from '@heroui/react/button';
import { useTranslations } from 'use-intl';
import { session } from '@/kernel/session/session';

/** Reminds that one looks through another person's eyes, and ends it. */
export function ViewAsBanner({ name }: { name: string }) {
  const t = useTranslations('shell');
  return (
    <div
      role="status"
      className="flex min-h-10 items-center gap-2 border-border border-b bg-accent-soft px-4 text-accent-soft-foreground text-sm"
    >
      <Eye className="size-4 flex-none" />
      <span className="min-w-0 flex-1 truncate">{t('viewingAs', { name })}</span>
      <Button size="sm" variant="outline" onPress={() => void session.view(null)}>
        {t('stopViewing')}
      </Button>
    </div>
  );
}
