import { Link, useLocation } from 'react-router';
import { useTranslations } from 'use-intl';

const parts = ['overview', 'log', 'settings'] as const;

export function BackupTabs() {
  const t = useTranslations('backup');
  const { pathname } = useLocation();
  const here = parts.find(part => pathname === `/backup/${part}`) ?? 'overview';
  return (
    <nav aria-label={t('parts')} className="tab-set__list settings-tabs">
      {parts.map(part => (
        <Link
          key={part}
          to={part === 'overview' ? '/backup' : `/backup/${part}`}
          className="tab-set__tab"
          aria-current={part === here ? 'page' : undefined}
          {...(part === here ? { 'data-selected': true } : {})}
        >
          {t(`tabs.${part}`)}
        </Link>
      ))}
    </nav>
  );
}
