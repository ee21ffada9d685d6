import ArrowUturnLeft from '@heroicons/react/16/solid/ArrowUturnLeftIcon';
import { Button } from '@heroui/react/button';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { useFormatter, useTranslations } from 'use-intl';
import { confirm } from '@/ui/overlays/ask';
import { warn } from '@/ui/overlays/notify';
import { Moment } from '@/ui/parts/Moment';
import { isProblem } from '../../http/problem';
import { JobProgress } from '../../jobs/JobLine';
import type { Job } from '../../jobs/job';
import type { Noun } from '../../records/noun';
import { useWords } from '../../records/words';
import { useAccess } from '../../session/useSession';
import type { ExchangeNoun, ImportRun } from '../contract';
import { importPath } from '../names';
import { toWrite } from './plan';
import { undo } from './runs';
import { UndoReport } from './UndoReport';

/** What the import did, and the way to take all of it back. */
export function ReportStep(props: { noun: Noun; exchange: ExchangeNoun; run: ImportRun; job: Job | undefined }) {
  const { noun, run, job } = props;
  const t = useTranslations('import');
  const words = useWords(noun);
  const page = useRef<HTMLElement>(null);
  // Undoing takes its own button away.
  useEffect(() => {
    if (job?.kind === 'undo_import' && document.activeElement === document.body) page.current?.focus();
  }, [job?.kind]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard
    <section ref={page} className="wizard" aria-label={t('steps.report')} tabIndex={0}>
      <div className="wizard__page" aria-live="polite">
        {job ? (
          <div className="wizard__wait">
            <h2 className="mb-3 font-semibold text-[15px]/5">
              {job.kind === 'undo_import'
                ? t('undoing')
                : t('applying', { count: toWrite(run.counts), many: words.many.toLowerCase() })}
            </h2>
            <JobProgress job={job} />
            <p className="mt-3 text-muted text-sm">{t('mayLeave')}</p>
          </div>
        ) : (
          <Done noun={noun} run={run} />
        )}
      </div>
    </section>
  );
}

function Done({ noun, run }: { noun: Noun; run: ImportRun }) {
  const t = useTranslations('import');
  const words = useWords(noun);
  const can = useAccess();
  const { number } = useFormatter();
  const [waiting, setWaiting] = useState(false);
  const many = words.many.toLowerCase();
  const counts = run.counts;

  async function attempt(title: string, work: () => Promise<unknown>) {
    setWaiting(true);
    try {
      await work();
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(title, error.message);
    } finally {
      setWaiting(false);
    }
  }

  async function takeBack() {
    const yes = await confirm({
      title: t('undoAsk', { file: run.fileName }),
      sentence: t('undoSentence', { create: counts.create, update: counts.update }),
      action: t('undo'),
      danger: true,
    });
    if (yes) await attempt(t('undoFailed'), () => undo(run.id));
  }

  return (
    <>
      <header>
        <h2 className="font-semibold text-xl/7 tracking-[-0.015em]">
          {t(`report.${run.status}`, { file: run.fileName })}
        </h2>
        <p className="text-muted text-sm">
          {run.actor.name} · <Moment at={run.finishedAt ?? run.createdAt} />
        </p>
      </header>
      {run.status === 'failed' && (
        <div role="alert" className="notice notice--danger">
          <p className="font-medium">{t('nothingWritten')}</p>
          {run.error && <p>{run.error.detail}</p>}
        </div>
      )}
      {run.status !== 'failed' && (
        <dl className="figures">
          {(['create', 'update', 'unchanged', 'skip'] as const).map(action => (
            <div key={action} className="figures__figure">
              <dt>{t(`did.${action}`)}</dt>
              <dd>{number(counts[action])}</dd>
            </div>
          ))}
        </dl>
      )}
      {run.undo && <UndoReport noun={noun} run={run} undo={run.undo} />}
      <div className="flex flex-wrap gap-2">
        <Link to={noun.nav.path} className="button button--primary">
          {t('view', { many })}
        </Link>
        <Link to={importPath(noun)} className="button button--outline">
          {t('another')}
        </Link>
        {run.status === 'completed' && can(noun.page, 'write') && (
          <Button variant="outline" className="text-danger" isPending={waiting} onPress={() => void takeBack()}>
            <ArrowUturnLeft />
            {t('undo')}
          </Button>
        )}
      </div>
    </>
  );
}
