import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useSave } from '@/kernel/http/useSave';
import { CheckList } from '@/ui/fields/CheckList';
import { Choice } from '@/ui/fields/Choice';
import { NumberInput } from '@/ui/fields/NumberInput';
import { Toggle } from '@/ui/fields/Toggle';
import { notify } from '@/ui/overlays/notify';
import { PageBar } from '@/ui/PageBar';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { SaveBar } from '../settings/SaveBar';
import { Section } from '../settings/Section';
import { saveSettings, useBackupSettings, useStanding } from './api';
import { formats } from './BackUpDialog';
import { BackupTabs } from './BackupTabs';
import type { BackupFormat, BackupSettings } from './contract';
import { useMayBackUp } from './words';

/** When backups run by themselves, in which forms, and how long they are kept. */
export default function Schedule() {
  const t = useTranslations('backup');
  const settings = useBackupSettings();
  return (
    <>
      <PageBar title={t('title')} />
      <BackupTabs />
      <div className="settings-body">
        {settings.data ? (
          <Form settings={settings.data} />
        ) : settings.error ? (
          <ErrorState
            title={t('loadFailed')}
            sentence={settings.error.message}
            traceId={settings.error.traceId}
            onRetry={() => void settings.refetch()}
          />
        ) : (
          <div className="settings-section">
            <SkeletonLines lines={6} />
          </div>
        )}
      </div>
    </>
  );
}

const times = Array.from(
  { length: 48 },
  (_, half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`,
);

function Form({ settings }: { settings: BackupSettings }) {
  const t = useTranslations('backup');
  const zone = useStanding().data?.timeZone.replaceAll('_', ' ');
  const [enabled, setEnabled] = useState(settings.enabled);
  const [time, setTime] = useState(settings.time.slice(0, 5));
  const [days, setDays] = useState<number | null>(settings.retentionDays);
  const [chosen, setChosen] = useState<string[]>(settings.formats);
  const saving = useSave(['enabled', 'time', 'retentionDays', 'formats']);
  const readOnly = !useMayBackUp();

  async function save() {
    const done = await saving.run(() =>
      saveSettings({ enabled, time, retentionDays: days ?? 30, formats: chosen as BackupFormat[] }),
    );
    if (done) notify(t('saved'));
  }

  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        void save();
      }}
    >
      <Section title={t('schedule')} sentence={t('scheduleSentence')}>
        <div className="settings-form">
          <Toggle
            label={t('everyNight')}
            value={enabled}
            onChange={setEnabled}
            disabled={readOnly}
            error={saving.errorOf('enabled')}
          />
          <Choice
            label={t('time')}
            help={zone && t('timeHelp', { zone })}
            value={time}
            options={[...new Set([time, ...times])].sort().map(id => ({ id, name: id }))}
            onChange={next => next && setTime(next)}
            disabled={readOnly || !enabled}
            error={saving.errorOf('time')}
          />
          <CheckList
            label={t('formats')}
            options={formats.map(id => ({ id, name: t(`formatNames.${id}`), hint: t(`formatNotes.${id}`) }))}
            value={chosen}
            onChange={setChosen}
            disabled={readOnly || !enabled}
            help={t('formatsHelp')}
            error={saving.errorOf('formats')}
          />
        </div>
      </Section>
      <Section title={t('retention')} sentence={t('retentionSentence')}>
        <div className="settings-form">
          <NumberInput
            label={t('days')}
            value={days}
            onChange={setDays}
            min={1}
            max={3650}
            disabled={readOnly}
            error={saving.errorOf('retentionDays')}
          />
        </div>
      </Section>
      {!readOnly && (
        <div className="px-4 pb-8">
          <SaveBar saving={saving} submit={t('save')} disabled={days === null} />
        </div>
      )}
    </form>
  );
}
