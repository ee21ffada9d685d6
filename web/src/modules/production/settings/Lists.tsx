import { Link } from 'react-router';
import { useTranslations } from 'use-intl';
import type { OwnSettingProps } from '@/kernel/modules';
import { useAccess } from '@/kernel/session/useSession';

/** Where the workspace's own words are kept. */
export default function Lists({ label }: OwnSettingProps) {
  const t = useTranslations('production.settings');
  const can = useAccess();
  if (!can('schedule')) return null;
  return (
    <nav aria-label={label} className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      <Link to="/task-statuses" className="text-link hover:underline">
        {t('statuses')}
      </Link>
      <Link to="/task-types" className="text-link hover:underline">
        {t('types')}
      </Link>
      <Link to="/templates" className="text-link hover:underline">
        {t('templates')}
      </Link>
    </nav>
  );
}
