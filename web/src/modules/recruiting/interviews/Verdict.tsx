import { useTranslations } from 'use-intl';
import type { InterviewRow, Recommendation } from '@/api/types.gen';
import { classes } from '@/ui/classes';
import { Presets } from '@/ui/fields/Presets';

const scores = Array.from({ length: 10 }, (_, place) => place + 1);
const recommendations = ['strong_no', 'no', 'yes', 'strong_yes'] as const satisfies readonly Recommendation[];

/** The score from 1 to 10 and what follows from it. A press saves; pressing the chosen one again takes it back. */
export function Verdict({
  row,
  canWrite,
  save,
}: {
  row: InterviewRow;
  canWrite: boolean;
  save: (change: Partial<InterviewRow>) => Promise<boolean>;
}) {
  const t = useTranslations('interviews');
  if (!canWrite) {
    if (row.score === null && row.recommendation === null) return null;
    return (
      <p className="text-sm">
        {row.score !== null && <span className="font-medium">{t('scoreOf', { score: row.score })}</span>}
        {row.score !== null && row.recommendation && ' · '}
        {row.recommendation && t(`recommend.${row.recommendation}`)}
      </p>
    );
  }
  return (
    <section className="verdict" aria-label={t('verdict')}>
      <div className="flex flex-col gap-1.5">
        <span className="text-muted text-xs">{t('score')}</span>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a visible legend */}
        <div role="group" aria-label={t('score')} className="verdict__scores">
          {scores.map(score => (
            <button
              key={score}
              type="button"
              aria-pressed={row.score === score}
              aria-label={t('scoreOf', { score })}
              className={classes('verdict__score', row.score === score && 'verdict__score--on')}
              onClick={() => void save({ score: row.score === score ? null : score })}
            >
              {score}
            </button>
          ))}
        </div>
      </div>
      <div className="flex flex-col gap-1.5">
        <span className="text-muted text-xs">{t('recommendation')}</span>
        <Presets
          label={t('recommendation')}
          options={recommendations.map(value => ({ value, name: t(`recommend.${value}`) }))}
          chosen={row.recommendation}
          onChoose={value => void save({ recommendation: row.recommendation === value ? null : value })}
        />
      </div>
    </section>
  );
}
