import { NavLink } from 'react-router';
import { useTranslations } from 'use-intl';

export function BackupTabs() {
  const t = useTranslations('backup');
  return (
    <nav aria-label={t('parts')} className="tab-set__list settings-tabs">
      {(['', '/log', '/settings'] as const).map(part => (
        <NavLink key={part} to={`/backup${part}`} end className="tab-set__tab backup-tab">
          {t(`tabs.${part === '' ? 'overview' : part === '/log' ? 'log' : 'settings'}`)}
        </NavLink>
      ))}
    </nav>
  );
}
