import { Link } from 'react-router';
import { useTranslations } from 'use-intl';
import type { PipelineStage } from '@/api/types.gen';
import { Shares } from '@/kernel/dashboard/Shares';
import { stageTones } from '../candidates/stages';

/** Candidates by stage as bars; each leads to the candidates it counts. */
export function Pipeline({ stages }: { stages: readonly PipelineStage[] }) {
  const t = useTranslations('dashboard');
  const c = useTranslations('candidates');
  const open = stages
    .filter(stage => stage.status !== 'hired' && stage.status !== 'rejected')
    .reduce((sum, stage) => sum + stage.count, 0);
  return (
    <section className="tile" aria-labelledby="pipeline-title">
      <header className="tile__head">
        <h3 id="pipeline-title" className="tile__title">
          {t('pipeline')}
        </h3>
        <Link to="/candidates?view=board" className="text-muted text-sm hover:underline">
          {t('open', { count: open })}
        </Link>
      </header>
      <Shares
        items={stages.map(({ status, count }) => ({
          id: status,
          name: c(`stages.${status}`),
          tone: stageTones[status],
          count,
          to: `/candidates?status=${status}`,
          title: t('pipelineStage', { stage: c(`stages.${status}`), count }),
        }))}
      />
    </section>
  );
}
