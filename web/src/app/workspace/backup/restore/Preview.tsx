import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useFormatter, useTranslations } from 'use-intl';
import { isProblem } from '@/kernel/http/problem';
import { useMe } from '@/kernel/session/useSession';
import { warn } from '@/ui/overlays/notify';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import { WizardBar } from '@/ui/parts/WizardBar';
import { restore, usePreview } from '../api';
import type { Backup, RestorePreview } from '../contract';
import { settingName, useBackupName, useFieldName, useNounName } from '../words';
import { ChangeSample } from './ChangeSample';
import { typeToConfirm } from './TypeToConfirm';
import { type RestoreState, wishOf, writeState } from './wish';

/** What restoring would change, counted and shown, before anything is written. */
export function Preview({ backup, state }: { backup: Backup; state: RestoreState }) {
  const t = useTranslations('backup');
  const wish = wishOf(state);
  const preview = usePreview(backup.id, wish);
  if (preview.data) return <Body backup={backup} state={state} preview={preview.data} />;
  if (preview.error) {
    return (
      <ErrorState
        title={t('previewFailed')}
        sentence={preview.error.message}
        traceId={preview.error.traceId}
        onRetry={() => void preview.refetch()}
      />
    );
  }
  return (
    <div aria-busy="true">
      <p className="px-6 pt-6 text-muted text-sm">{t('comparing')}</p>
      <SkeletonRows rows={6} />
    </div>
  );
}

function Body({ backup, state, preview }: { backup: Backup; state: RestoreState; preview: RestorePreview }) {
  const t = useTranslations('backup');
  const { number, list } = useFormatter();
  const nameOf = useNounName();
  const backupName = useBackupName();
  const fieldOf = useFieldName();
  const { tenant } = useMe();
  const navigate = useNavigate();
  const [waiting, setWaiting] = useState(false);
  const count = preview.added + preview.changed + preview.removed;
  const nothing = count === 0 && preview.settings.length === 0;

  async function start() {
    const wish = wishOf(state);
    if (!wish) return;
    if (state.scope === 'workspace') {
      const sure = await typeToConfirm({ word: tenant.name, removed: preview.removed, name: backupName(backup) });
      if (!sure) return;
    }
    setWaiting(true);
    try {
      const job = await restore(backup.id, wish);
      const params = writeState(state);
      params.set('job', job.id);
      await navigate(`/backup/${backup.id}/restore/result?${params}`, { replace: true });
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(t('restoreFailed'), error.message);
    } finally {
      setWaiting(false);
    }
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard */}
      <section className="wizard" aria-label={t('restoreSteps.preview')} tabIndex={0}>
        <div className="wizard__page">
          <dl className="figures">
            {(['added', 'changed', 'removed', 'unchanged'] as const).map(kind => (
              <div key={kind} className="figures__figure">
                <dt>{t(`would.${kind}`)}</dt>
                <dd>{number(preview[kind])}</dd>
              </div>
            ))}
          </dl>
          {preview.conflicts.length > 0 && (
            <section role="alert" className="notice notice--danger">
              <h2 className="font-medium">{t('conflicts', { count: preview.conflicts.length })}</h2>
              <ul>
                {preview.conflicts.slice(0, 20).map(one => (
                  <li key={one.id}>
                    {one.name}: {one.reason}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {preview.erased > 0 && <p className="notice">{t('erased', { count: preview.erased })}</p>}
          {preview.dangling.length > 0 && (
            <section className="notice notice--warning">
              <h2 className="font-medium">{t('dangling', { count: preview.dangling.length })}</h2>
              <ul>
                {preview.dangling.slice(0, 20).map(one => (
                  <li key={`${one.id}/${one.field}`}>
                    {t('danglingOne', { name: one.name, field: fieldOf(one.noun, one.field) })}
                  </li>
                ))}
              </ul>
              {preview.dangling.length > 20 && <p>{t('andMore', { count: preview.dangling.length - 20 })}</p>}
            </section>
          )}
          {preview.settings.length > 0 && (
            <p className="notice">
              {t('settingsChange', {
                count: preview.settings.length,
                names: list(preview.settings.map(one => settingName(one.field))),
              })}
            </p>
          )}
          {preview.nouns.length > 1 && (
            <table className="backup-counts">
              <caption className="sr-only">{t('byList')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('list')}</th>
                  <th scope="col">{t('would.added')}</th>
                  <th scope="col">{t('would.changed')}</th>
                  <th scope="col">{t('would.removed')}</th>
                </tr>
              </thead>
              <tbody>
                {preview.nouns.map(one => (
                  <tr key={one.noun}>
                    <td>{nameOf(one.noun)}</td>
                    <td>{number(one.added)}</td>
                    <td>{number(one.changed)}</td>
                    <td>{number(one.removed)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {nothing ? (
            <p className="text-muted text-sm">{t('nothingToRestore')}</p>
          ) : (
            count > 0 && <ChangeSample preview={preview} />
          )}
        </div>
      </section>
      <WizardBar>
        <p className="min-w-0 flex-1 text-muted text-sm max-sm:basis-full">{t('preRestore')}</p>
        <Button
          variant={preview.removed > 0 ? 'danger' : 'primary'}
          isPending={waiting}
          isDisabled={nothing || preview.conflicts.length > 0}
          onPress={() => void start()}
        >
          {count === 0 && !nothing ? t('restoreSettings') : t('restoreCount', { count })}
        </Button>
      </WizardBar>
    </>
  );
}
