import { useQuery } from '@tanstack/react-query';
import { Suspense, use, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { useSave } from '@/kernel/http/useSave';
import { LoadedModules } from '@/kernel/loadedModules';
import type { ModuleSetting } from '@/kernel/modules';
import { queryClient } from '@/kernel/query';
import { session } from '@/kernel/session/session';
import { useAccess } from '@/kernel/session/useSession';
import { NumberInput } from '@/ui/fields/NumberInput';
import { TextInput } from '@/ui/fields/TextInput';
import { Toggle } from '@/ui/fields/Toggle';
import { notify } from '@/ui/overlays/notify';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { SaveBar } from './SaveBar';
import { Section } from './Section';
import { type Changes, changeOf, type WorkspaceSettings, withChanges } from './settingsChanges';
import { ZoneInput } from './ZoneInput';

const path = '/api/v1/settings';
const key = ['settings'] as const;

/** The workspace's name and zone, and what its modules let it choose. */
export default function Workspace() {
  const t = useTranslations('settings');
  const settings = useQuery<WorkspaceSettings, Problem>({
    queryKey: key,
    queryFn: ({ signal }) => request('GET', path, { signal }),
  });
  if (settings.error)
    return (
      <ErrorState
        title={t('failed')}
        sentence={settings.error.message}
        traceId={settings.error.traceId}
        onRetry={() => void settings.refetch()}
      />
    );
  if (!settings.data) return <SkeletonLines lines={6} />;
  // As a whole: what modules draw themselves would come later and push the rest down.
  return (
    <Suspense fallback={<SkeletonLines lines={6} />}>
      <Form settings={settings.data} />
    </Suspense>
  );
}

function Form({ settings }: { settings: WorkspaceSettings }) {
  const t = useTranslations('settings');
  const locale = useLocale();
  const can = useAccess();
  const modules = use(LoadedModules).filter(module => module.settings && settings.modules[module.key]);
  // Only what was changed here and is not saved yet: the rest follows what others save meanwhile.
  const [mine, setMine] = useState<Changes>({});
  const [since, setSince] = useState(settings.version);
  const { name, timeZone, modules: values } = withChanges(settings, mine);
  const fields = modules.flatMap(module => (module.settings ?? []).map(one => `modules.${module.key}.${one.name}`));
  const saving = useSave(['name', 'timeZone', ...fields]);
  const readOnly = !can('settings', 'write');

  async function save() {
    const done = await saving.run(async () => {
      const body = { name: name ?? '', timeZone, modules: values };
      const saved = await request<WorkspaceSettings>('PUT', path, { body, version: settings.version });
      queryClient.setQueryData(key, saved);
      setMine({});
      setSince(saved.version);
    });
    if (!done) {
      void queryClient.invalidateQueries({ queryKey: key });
      return;
    }
    await session.reload().catch(() => undefined);
    notify(t('saved'));
  }

  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        void save();
      }}
    >
      <Section title={t('section.workspace')} sentence={t(readOnly ? 'workspaceReadOnly' : 'workspaceSentence')}>
        <div className="settings-form">
          <TextInput
            label={t('workspaceName')}
            value={name}
            onChange={next => setMine({ ...mine, name: next })}
            required
            maxLength={200}
            disabled={readOnly}
            error={saving.errorOf('name')}
          />
          <ZoneInput
            label={t('timeZone')}
            help={t('workspaceZoneHelp')}
            value={timeZone}
            onChange={next => setMine({ ...mine, timeZone: next })}
            disabled={readOnly}
            error={saving.errorOf('timeZone')}
          />
        </div>
      </Section>
      {modules.map(module => (
        <Section key={module.key} title={module.name[locale] ?? module.name.en}>
          <div className="settings-form">
            {(module.settings ?? []).map(one => (
              <Setting
                key={one.name}
                setting={one}
                value={values[module.key]?.[one.name]}
                disabled={readOnly}
                error={saving.errorOf(`modules.${module.key}.${one.name}`)}
                onChange={value => setMine(changeOf(mine, module.key, one.name, value))}
              />
            ))}
          </div>
        </Section>
      ))}
      {!readOnly && (
        <div className="px-4 pb-8">
          {settings.version !== since && Object.keys(mine).length > 0 && (
            <p role="status" className="mb-3 text-muted text-sm">
              {t('changedMeanwhile')}
            </p>
          )}
          <SaveBar saving={saving} submit={t('save')} />
        </div>
      )}
    </form>
  );
}

function Setting(props: {
  setting: ModuleSetting;
  value: unknown;
  disabled: boolean;
  error: string | undefined;
  onChange: (value: unknown) => void;
}) {
  const { setting } = props;
  const locale = useLocale();
  const shared = {
    label: setting.label[locale] ?? setting.label.en,
    help: setting.help?.[locale] ?? setting.help?.en,
    disabled: props.disabled,
    error: props.error,
    onChange: props.onChange,
  };
  if (setting.Component) {
    return <setting.Component {...shared} value={props.value} />;
  }
  if (setting.kind === 'text')
    return <TextInput {...shared} value={typeof props.value === 'string' ? props.value : null} />;
  if (setting.kind === 'flag') return <Toggle {...shared} value={props.value === true} />;
  return (
    <NumberInput
      {...shared}
      value={typeof props.value === 'number' ? props.value : null}
      {...(setting.min === undefined ? {} : { min: setting.min })}
      {...(setting.max === undefined ? {} : { max: setting.max })}
    />
  );
}
