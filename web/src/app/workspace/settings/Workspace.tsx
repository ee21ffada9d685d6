import { useQuery } from '@tanstack/react-query';
import { Suspense, use, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
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
import { useSave } from './useSave';
import { ZoneInput } from './ZoneInput';

interface WorkspaceSettings {
  name: string;
  timeZone: string;
  modules: Record<string, Record<string, unknown>>;
  version: number;
}

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
        sentence={settings.error.status === 0 ? t('offline') : settings.error.message}
        traceId={settings.error.traceId}
        onRetry={() => void settings.refetch()}
      />
    );
  if (!settings.data) return <SkeletonLines lines={6} />;
  // A change by somebody else starts the form afresh; saving over it would be refused anyway.
  return <Form key={settings.data.version} settings={settings.data} />;
}

function Form({ settings }: { settings: WorkspaceSettings }) {
  const t = useTranslations('settings');
  const locale = useLocale();
  const can = useAccess();
  const modules = use(LoadedModules).filter(module => module.settings && settings.modules[module.key]);
  const [name, setName] = useState<string | null>(settings.name);
  const [timeZone, setTimeZone] = useState(settings.timeZone);
  const [values, setValues] = useState(settings.modules);
  const fields = modules.flatMap(module => (module.settings ?? []).map(one => `modules.${module.key}.${one.name}`));
  const saving = useSave(['name', 'timeZone', ...fields]);
  const readOnly = !can('settings', 'write');

  async function save() {
    const done = await saving.run(async () => {
      const body = { name: name ?? '', timeZone, modules: values };
      queryClient.setQueryData(key, await request('PUT', path, { body, version: settings.version }));
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
            onChange={setName}
            required
            maxLength={200}
            disabled={readOnly}
            error={saving.errorOf('name')}
          />
          <ZoneInput
            label={t('timeZone')}
            help={t('workspaceZoneHelp')}
            value={timeZone}
            onChange={setTimeZone}
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
                onChange={value => setValues({ ...values, [module.key]: { ...values[module.key], [one.name]: value } })}
              />
            ))}
          </div>
        </Section>
      ))}
      {!readOnly && (
        <div className="px-4 pb-8">
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
    return (
      <Suspense fallback={<SkeletonLines lines={2} />}>
        <setting.Component {...shared} value={props.value} />
      </Suspense>
    );
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
