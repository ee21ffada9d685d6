import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { request } from '@/kernel/http/request';
import { useSave } from '@/kernel/http/useSave';
import { session } from '@/kernel/session/session';
import { useMe } from '@/kernel/session/useSession';
import { Choice } from '@/ui/fields/Choice';
import { TextInput } from '@/ui/fields/TextInput';
import { notify } from '@/ui/overlays/notify';
import { chooseTheme, type Theme } from '@/ui/theme';
import { SaveBar } from './SaveBar';
import { Section } from './Section';
import { ZoneInput } from './ZoneInput';

const themes: readonly Theme[] = ['system', 'light', 'dark'];
// The languages this client has texts in, each in its own words.
const languages = [{ id: 'en', name: 'English' }];

/** What people set for themselves. */
export default function Profile() {
  const t = useTranslations('settings');
  const { user, viewAs } = useMe();
  const [fullName, setFullName] = useState<string | null>(user.fullName);
  const [locale, setLocale] = useState(user.locale);
  const [timeZone, setTimeZone] = useState(user.timeZone);
  const [theme, setTheme] = useState<Theme>(user.theme);
  const saving = useSave(['fullName', 'timeZone', 'locale']);

  async function save() {
    const body = { fullName: fullName ?? '', locale, timeZone, theme };
    const done = await saving.run(() => request('PUT', '/api/v1/auth/profile', { body }));
    if (!done) return;
    chooseTheme(theme);
    await session.reload().catch(() => undefined);
    notify(t('saved'));
  }

  return (
    <Section title={t('section.profile')} sentence={t('profileSentence')}>
      <form
        className="settings-form"
        onSubmit={event => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          label={t('fullName')}
          value={fullName}
          onChange={setFullName}
          required
          maxLength={200}
          autoComplete="name"
          error={saving.errorOf('fullName')}
        />
        <div>
          <p className="label">{t('email')}</p>
          <p className="py-1 text-sm">{user.email}</p>
        </div>
        <Choice
          label={t('language')}
          value={locale}
          onChange={key => key && setLocale(key)}
          options={languages}
          error={saving.errorOf('locale')}
        />
        <ZoneInput
          label={t('timeZone')}
          help={t('timeZoneHelp')}
          value={timeZone}
          onChange={setTimeZone}
          error={saving.errorOf('timeZone')}
        />
        <Choice
          label={t('theme')}
          value={theme}
          onChange={key => key && setTheme(key as Theme)}
          options={themes.map(id => ({ id, name: t(`themes.${id}`) }))}
        />
        <SaveBar saving={saving} submit={t('save')} disabled={viewAs !== null} />
      </form>
    </Section>
  );
}
