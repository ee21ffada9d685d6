import type { CSSProperties } from 'react';
import { Link } from 'react-router';
import { useFormatter, useTranslations } from 'use-intl';
import type { PipelineStage } from '@/api/types.gen';
import { StateDot } from '@/ui/parts/StateDot';
import { stageTones } from '../candidates/stages';

/** Candidates by stage as bars; each leads to the candidates it counts. */
export function Pipeline({ stages }: { stages: readonly PipelineStage[] }) {
  const t = useTranslations('dashboard');
  const c = useTranslations('candidates');
  const { number } = useFormatter();
  const most = Math.max(1, ...stages.map(stage => stage.count));
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
      <ul className="pb-2">
        {stages.map(({ status, count }) => {
          const tone = stageTones[status];
          const bar = {
            '--part': count === 0 ? '2px' : `${Math.max(1.5, (count / most) * 100)}%`,
            '--dot': `var(--tone-${tone})`,
          };
          const word = c(`stages.${status}`);
          return (
            <li key={status}>
              <Link
                to={`/candidates?status=${status}`}
                className="pipeline__row"
                title={t('pipelineStage', { stage: word, count })}
              >
                <StateDot tone={tone}>{word}</StateDot>
                <span aria-hidden="true" className="pipeline__track">
                  <span className="pipeline__bar" style={bar as CSSProperties} />
                </span>
                <span className="text-end tabular-nums">{number(count)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
