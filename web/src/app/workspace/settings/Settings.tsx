import { useTranslations } from 'use-intl';
import { Sections } from './Sections';
import { account, workspace } from './settingsSections';

const sections = [...account, ...workspace];

/** One's own account, and the workspace. */
export default function Settings() {
  const t = useTranslations('settings');
  return <Sections path="/settings" title={t('title')} sections={sections} />;
}
