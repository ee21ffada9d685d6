import { Button } from '@heroui/react/button';
import { useNavigate, useSearchParams } from 'react-router';
import { useFormatter, useTranslations } from 'use-intl';
import { Cards } from '@/ui/fields/Cards';
import { Choice } from '@/ui/fields/Choice';
import { WizardBar } from '@/ui/parts/WizardBar';
import type { Backup, RestoreWish } from '../contract';
import { useHeld, useNounName } from '../words';
import { RecordPicker } from './RecordPicker';
import { type RestoreState, type Scope, wishOf, writeState } from './wish';

/** What should come back: some records, a list, or everything. */
export function Choose({ backup, state }: { backup: Backup; state: RestoreState }) {
  const t = useTranslations('backup');
  const nameOf = useNounName();
  const { number } = useFormatter();
  const navigate = useNavigate();
  const [, setParams] = useSearchParams();
  const change = (next: Partial<RestoreState>) => setParams(writeState({ ...state, ...next }), { replace: true });
  const nouns = useHeld()(backup.rowCounts).lists;
  const ready = wishOf(state) !== null;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard */}
      <section className="wizard" aria-label={t('restoreSteps.choose')} tabIndex={0}>
        <div className="wizard__page">
          <Cards
            label={t('whatBack')}
            columns={3}
            value={state.scope}
            onChange={scope => change({ scope: scope as Scope, ids: [] })}
            options={[
              { id: 'records', name: t('restoreScopes.records'), sentence: t('restoreScopeNotes.records') },
              { id: 'noun', name: t('restoreScopes.noun'), sentence: t('restoreScopeNotes.noun') },
              { id: 'workspace', name: t('restoreScopes.workspace'), sentence: t('restoreScopeNotes.workspace') },
            ]}
          />
          {state.scope !== 'workspace' && (
            <div className="max-w-sm">
              <Choice
                label={t('list')}
                value={state.noun === '' ? null : state.noun}
                options={nouns.map(([noun, count]) => ({
                  id: noun,
                  name: t('listCount', { name: nameOf(noun), count: number(count) }),
                }))}
                onChange={noun => change({ noun: noun ?? '', ids: [] })}
              />
            </div>
          )}
          {state.scope === 'records' && state.noun !== '' && (
            <RecordPicker
              key={state.noun}
              backup={backup}
              noun={state.noun}
              chosen={state.ids}
              onChoose={ids => change({ ids })}
            />
          )}
          {state.scope !== 'records' && (
            <Cards
              label={t('mode')}
              columns={2}
              value={state.mode}
              onChange={mode => change({ mode: mode as RestoreWish['mode'] })}
              options={[
                { id: 'merge', name: t('modes.merge'), sentence: t('modeNotes.merge') },
                { id: 'replace', name: t('modes.replace'), sentence: t('modeNotes.replace') },
              ]}
            />
          )}
        </div>
      </section>
      <WizardBar>
        <p className="min-w-0 flex-1 text-muted text-sm max-sm:basis-full">{t('previewFirst')}</p>
        <Button
          isDisabled={!ready}
          onPress={() => void navigate(`/backup/${backup.id}/restore/preview?${writeState(state)}`)}
        >
          {t('preview')}
        </Button>
      </WizardBar>
    </>
  );
}
