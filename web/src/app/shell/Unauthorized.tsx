import LockClosed from '@heroicons/react/20/solid/LockClosedIcon';
import { Button } from '@heroui/react/button';
import { useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import { PageBar } from '@/ui/PageBar';
import { EmptyState } from '@/ui/parts/EmptyState';

export default function Unauthorized() {
  const t = useTranslations('shell');
  const navigate = useNavigate();
  // A deep link has nothing behind it to go back to.
  const back = () => void (window.history.state?.idx > 0 ? navigate(-1) : navigate('/'));
  return (
    <>
      <PageBar title={t('unauthorized')} />
      <EmptyState icon={<LockClosed />} title={t('unauthorizedTitle')} sentence={t('unauthorizedSentence')}>
        <Button autoFocus onPress={back}>
          {t('back')}
        </Button>
      </EmptyState>
    </>
  );
}
