import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useLocale, useNow, useTimeZone, useTranslations } from 'use-intl';
import { PageBar } from '@/ui/PageBar';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import { Trend } from '@/ui/parts/Trend';
import { writeSize } from '@/ui/size';
import { writeMoment } from '@/ui/time';
import { useStanding } from './api';
import { BackUpDialog } from './BackUpDialog';
import { BackupTabs } from './BackupTabs';
import type { BackupStanding } from './contract';
import { Details } from './Details';
import { History } from './History';
import { Standing } from './Standing';
import { useMayBackUp } from './words';

/** When the next backup comes, how the last one went, and all that are kept. */
export default function Overview() {
  const t = useTranslations('backup');
  const navigate = useNavigate();
  const { id } = useParams();
  const standing = useStanding();
  const mayWrite = useMayBackUp();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <PageBar title={t('title')}>
        {mayWrite && (
          <Button isDisabled={Boolean(standing.data?.running)} onPress={() => setAsking(true)}>
            {t('backUpNow')}
          </Button>
        )}
      </PageBar>
      <BackupTabs />
      {standing.data ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard
        <section className="wizard" aria-label={t('tabs.overview')} tabIndex={0}>
          <div className="wizard__page wizard__page--wide">
            <Standing standing={standing.data} />
            <SizeTrend standing={standing.data} />
            <History />
          </div>
        </section>
      ) : standing.error ? (
        <ErrorState
          title={t('loadFailed')}
          sentence={standing.error.message}
          traceId={standing.error.traceId}
          onRetry={() => void standing.refetch()}
        />
      ) : (
        <SkeletonRows />
      )}
      {asking && <BackUpDialog onClose={() => setAsking(false)} />}
      {id && <Details key={id} id={id} onClose={() => void navigate('/backup')} />}
    </>
  );
}

function SizeTrend({ standing }: { standing: BackupStanding }) {
  const t = useTranslations('backup');
  const locale = useLocale();
  const zone = useTimeZone() ?? 'UTC';
  const now = useNow().getTime();
  if (standing.trend.length < 2) return null;
  return (
    <Trend
      title={t('trend')}
      nameHead={t('when')}
      valueHead={t('size')}
      write={value => writeSize(value, locale)}
      points={standing.trend.map(({ at, size }) => ({
        id: at,
        value: size,
        name: writeMoment(at, now, zone, locale),
      }))}
    />
  );
}
