import ArrowDownTray from '@heroicons/react/16/solid/ArrowDownTrayIcon';
import { Button } from '@heroui/react/button';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import { warn } from '@/ui/overlays/notify';
import { WizardBar } from '@/ui/parts/WizardBar';
import { download } from '../../http/download';
import { isProblem } from '../../http/problem';
import type { Noun } from '../../records/noun';
import { useWords } from '../../records/words';
import { useAccess } from '../../session/useSession';
import type { Counts, ImportRun } from '../contract';
import { importPath } from '../names';
import { toWrite } from './plan';
import { apply, errorsPath, skipErrors } from './runs';

/** The end of the dry run: what would be done in one sentence, and the button that does it. */
export function ApplyBar(props: { noun: Noun; run: ImportRun; counts: Counts; onErrors: () => void }) {
  const { noun, run, counts } = props;
  const t = useTranslations('import');
  const words = useWords(noun);
  const can = useAccess();
  const navigate = useNavigate();
  const [waiting, setWaiting] = useState(false);
  const [skipping, setSkipping] = useState(false);
  const count = toWrite(counts);
  const last = useRef<HTMLButtonElement>(null);
  // What was pressed to put the errors out of the way goes with them.
  const clean = counts.error === 0;
  useEffect(() => {
    if (clean && document.activeElement === document.body) last.current?.focus();
  }, [clean]);

  async function attempt(title: string, work: () => Promise<unknown>) {
    try {
      await work();
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(title, error.message);
    }
  }

  async function start() {
    setWaiting(true);
    await attempt(t('applyFailed'), async () => {
      await apply(run.id);
      await navigate(importPath(noun, run.id, 'report'));
    });
    setWaiting(false);
  }

  async function skipAll() {
    setSkipping(true);
    await attempt(t('fixFailed'), () => skipErrors(run.id));
    setSkipping(false);
  }

  return (
    <WizardBar>
      <p role="status" className="min-w-0 flex-1 text-sm max-sm:basis-full">
        {counts.error > 0 ? (
          <>
            <button type="button" className="front-link" onClick={props.onErrors}>
              {t('errorsLeft', { count: counts.error })}
            </button>{' '}
            <span className="text-muted">{t('errorsLeftSentence')}</span>
          </>
        ) : count === 0 ? (
          <span className="text-muted">{t('nothingToDo')}</span>
        ) : (
          t('willDo', { create: counts.create, update: counts.update, skip: counts.skip + counts.unchanged })
        )}
      </p>
      {counts.error > 0 && (
        <Button
          variant="ghost"
          className="text-muted"
          onPress={() => void attempt(t('downloadFailed'), () => download(errorsPath(run.id), `${run.fileName}.csv`))}
        >
          <ArrowDownTray />
          {t('errorRows')}
        </Button>
      )}
      {counts.error > 0 && (
        <Button variant="outline" isPending={skipping} onPress={() => void skipAll()}>
          {t('skipAll', { count: counts.error })}
        </Button>
      )}
      <Button
        ref={last}
        isPending={waiting}
        isDisabled={counts.error > 0 || count === 0 || !can(noun.page, 'write')}
        onPress={() => void start()}
      >
        {t('apply', { count, many: (count === 1 ? words.one : words.many).toLowerCase() })}
      </Button>
    </WizardBar>
  );
}
