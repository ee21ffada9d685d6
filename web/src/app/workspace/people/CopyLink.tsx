import { useTranslations } from 'use-intl';
import { CopyField } from '@/ui/fields/CopyField';
import { Moment } from '@/ui/parts/Moment';

/** A link to be handed to somebody, with a button that copies it. */
export function CopyLink({ link, expiresAt }: { link: string; expiresAt: string }) {
  const t = useTranslations('people');
  return (
    <CopyField
      label={t('link')}
      value={link}
      note={
        <>
          {t('linkHelp')} <Moment at={expiresAt} within />.
        </>
      }
    />
  );
}
