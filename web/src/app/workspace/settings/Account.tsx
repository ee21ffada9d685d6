import { useTranslations } from 'use-intl';
import { Sections } from './Sections';
import { account } from './settingsSections';

/** One's own account, also for people without the settings. */
export default function Account() {
  const t = useTranslations('shell');
  return <Sections path="/profile" title={t('profile')} sections={account} />;
}
