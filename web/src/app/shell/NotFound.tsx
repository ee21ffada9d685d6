import MapPin from '@heroicons/react/20/solid/MapPinIcon';
import { Link } from 'react-router';
import { useTranslations } from 'use-intl';
import { PageBar } from '@/ui/PageBar';
import { EmptyState } from '@/ui/parts/EmptyState';

export default function NotFound() {
  const t = useTranslations('shell');
  return (
    <>
      <PageBar title={t('notFound')} />
      <EmptyState icon={<MapPin />} title={t('notFoundTitle')} sentence={t('notFoundSentence')}>
        <Link to="/" className="button button--outline">
          {t('toStart')}
        </Link>
      </EmptyState>
    </>
  );
}
