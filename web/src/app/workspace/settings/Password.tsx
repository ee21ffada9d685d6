import CheckCircle from '@heroicons/react/16/solid/CheckCircleIcon';
import MinusCircle from '@heroicons/react/16/solid/MinusCircleIcon';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { request } from '@/kernel/http/request';
import { useSave } from '@/kernel/http/useSave';
import { useMe } from '@/kernel/session/useSession';
import { TextInput } from '@/ui/fields/TextInput';
import { notify } from '@/ui/overlays/notify';
import { passwordRules } from './passwordRules';
import { SaveBar } from './SaveBar';
import { Section } from './Section';

/** A new password; all other sessions end with the old one. */
export default function Password() {
  const t = useTranslations('settings');
  const { user, viewAs } = useMe();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [differs, setDiffers] = useState(false);
  const saving = useSave(['currentPassword', 'newPassword']);
  const rules = passwordRules(next);

  async function save() {
    setDiffers(again !== next);
    if (again !== next) return;
    const body = { currentPassword: current, newPassword: next };
    if (!(await saving.run(() => request('POST', '/api/v1/auth/password', { body })))) return;
    setCurrent('');
    setNext('');
    setAgain('');
    notify(t('passwordChanged'));
  }

  return (
    <Section title={t('section.password')} sentence={t('passwordSentence')}>
      <form
        className="settings-form"
        onSubmit={event => {
          event.preventDefault();
          void save();
        }}
      >
        {/* Password managers look for the account a password belongs to. */}
        <input type="text" autoComplete="username" value={user.email} readOnly hidden />
        <TextInput
          label={t('currentPassword')}
          kind="password"
          autoComplete="current-password"
          value={current}
          onChange={text => setCurrent(text ?? '')}
          required
          error={saving.errorOf('currentPassword')}
        />
        <div>
          <TextInput
            label={t('newPassword')}
            kind="password"
            autoComplete="new-password"
            value={next}
            onChange={text => setNext(text ?? '')}
            required
            error={saving.errorOf('newPassword')}
          />
          <ul className="mt-2 flex flex-col gap-1 text-xs" aria-live="polite">
            {rules.map(rule => (
              <li key={rule.id} className={`flex items-center gap-1.5 ${rule.met ? '' : 'text-muted'}`}>
                {rule.met ? (
                  <CheckCircle className="size-4 text-success" aria-hidden="true" />
                ) : (
                  <MinusCircle className="size-4" aria-hidden="true" />
                )}
                {t(`rules.${rule.id}`)}
                {rule.met && <span className="sr-only">: {t('met')}</span>}
              </li>
            ))}
          </ul>
        </div>
        <TextInput
          label={t('again')}
          kind="password"
          autoComplete="new-password"
          value={again}
          onChange={text => {
            setAgain(text ?? '');
            setDiffers(false);
          }}
          required
          error={differs ? t('differs') : undefined}
        />
        <SaveBar
          saving={saving}
          submit={t('changePassword')}
          disabled={viewAs !== null || current === '' || again === '' || rules.some(rule => !rule.met)}
        />
      </form>
    </Section>
  );
}
