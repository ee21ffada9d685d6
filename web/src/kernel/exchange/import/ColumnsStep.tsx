import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import { WizardBar } from '@/ui/parts/WizardBar';
import type { Noun } from '../../records/noun';
import { fieldWord, useWords } from '../../records/words';
import type { ExchangeNoun, ImportRun } from '../contract';
import { importPath } from '../names';
import { MappingTable } from './MappingTable';
import { faultsOf, type MappingFaults, unusedFields } from './mapping';
import { RulesPanel } from './RulesPanel';
import { check } from './runs';
import { SourceBar } from './SourceBar';
import { useDraft } from './useDraft';

/** Which column goes where, and by which rules. Every choice is kept at once. */
export function ColumnsStep({ noun, exchange, run }: { noun: Noun; exchange: ExchangeNoun; run: ImportRun }) {
  const t = useTranslations('import');
  const words = useWords(noun);
  const navigate = useNavigate();
  const draft = useDraft(run);
  const [told, setTold] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const faults = faultsOf(draft.value, run, exchange.columns, exchange.keys);
  const unused = unusedFields(draft.value, exchange.columns);
  const sentences = useFaultSentences(faults, noun);

  async function goOn() {
    setTold(true);
    if (sentences.length > 0) {
      const order = document.getElementById('date-order');
      order?.scrollIntoView({ block: 'center' });
      order?.querySelector('input')?.focus({ preventScroll: true });
      return;
    }
    setWaiting(true);
    const done = await draft.settle(() => check(run.id));
    setWaiting(false);
    if (done) await navigate(importPath(noun, run.id, 'check'));
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard */}
      <section className="wizard" aria-label={t('steps.columns')} tabIndex={0}>
        <div className="wizard__page wizard__page--wide">
          <SourceBar run={run} waiting={draft.waiting} onChange={source => void draft.reread(source)} />
          <div className="wizard__columns wizard__columns--rules">
            <div className="min-w-0">
              <MappingTable noun={noun} exchange={exchange} run={run} draft={draft.value} change={draft.set} />
              {unused.length > 0 && (
                <p className="mt-3 text-muted text-sm">
                  {t('unused', { fields: unused.map(field => fieldWord(words, field)).join(', ') })}
                </p>
              )}
            </div>
            <RulesPanel noun={noun} exchange={exchange} run={run} draft={draft.value} change={draft.set} told={told} />
          </div>
        </div>
      </section>
      <WizardBar>
        <div role="status" className="min-w-0 flex-1 text-sm max-sm:basis-full">
          {draft.failure ? (
            <span className="text-danger">{draft.failure}</span>
          ) : sentences.length > 0 ? (
            <span className={told ? 'text-danger' : ''}>{sentences.join(' ')}</span>
          ) : (
            <span className="text-muted">{t('kept')}</span>
          )}
        </div>
        <Button isPending={waiting} onPress={() => void goOn()}>
          {t('checkRows', { count: run.rows })}
        </Button>
      </WizardBar>
    </>
  );
}

function useFaultSentences(faults: MappingFaults, noun: Noun): string[] {
  const t = useTranslations('import');
  const words = useWords(noun);
  const fields = (names: readonly string[]) => names.map(name => fieldWord(words, name)).join(', ');
  return [
    ...(faults.nothing ? [t('faults.nothing')] : []),
    ...(faults.missing.length > 0 && !faults.nothing
      ? [t('faults.missing', { count: faults.missing.length, fields: fields(faults.missing) })]
      : []),
    ...(faults.unmatched && !faults.nothing ? [t('faults.unmatched')] : []),
    ...(faults.ambiguous.length > 0 ? [t('faults.ambiguous')] : []),
  ];
}
