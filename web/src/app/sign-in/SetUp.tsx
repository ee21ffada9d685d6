import { type FormEvent, useEffect, useState } from 'react';
import { Navigate } from 'react-router';
import { useTranslations } from 'use-intl';
import type { SetupState } from '@/api/types.gen';
import { isProblem, type Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { session } from '@/kernel/session/session';
import type { SignedIn } from '@/kernel/session/types';
import { useSession } from '@/kernel/session/useSession';
import { Front, FrontError, FrontSubmit } from './Front';
import { PlainField } from './PlainField';

export default function SetUp() {
  const t = useTranslations('setUp');
  const { status } = useSession();
  const [setup, setSetup] = useState<SetupState | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [pending, setPending] = useState(false);
  const [noModule, setNoModule] = useState(false);

  useEffect(() => {
    request<SetupState>('GET', '/api/v1/setup').then(setSetup, error => isProblem(error) && setProblem(error));
  }, []);

  if (status === 'signed-in') return <Navigate to="/" replace />;
  if (setup === null) {
    return (
      <Front title={t('title')}>
        <FrontError>{problem?.message}</FrontError>
        {!problem && <p className="text-muted text-sm">{t('loading')}</p>}
      </Front>
    );
  }
  if (!setup.needsSetup && !setup.canFound) {
    return (
      <Front title={t('title')} sentence={t('done')}>
        <a className="button button--outline inline-flex items-center" href="/login">
          {t('toSignIn')}
        </a>
      </Front>
    );
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const modules = data.getAll('modules').map(String);
    setNoModule(modules.length === 0);
    if (modules.length === 0) return;
    setPending(true);
    try {
      const body = {
        tenantName: text('tenantName'),
        modules,
        fullName: text('fullName'),
        email: text('email'),
        password: String(data.get('password') ?? ''),
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      };
      session.adopt(await request<SignedIn>('POST', '/api/v1/setup/admin', { body }));
    } catch (error) {
      setPending(false);
      if (!isProblem(error)) throw error;
      setProblem(error);
    }
  }

  const wrong = (field: string) => problem?.errors[field]?.[0];
  const placed = problem !== null && Object.keys(problem.errors).length > 0;
  return (
    <Front title={t('title')} sentence={t('sentence')}>
      <form method="post" className="flex flex-col gap-4" onSubmit={submit}>
        <PlainField
          label={t('tenantName')}
          name="tenantName"
          autoComplete="organization"
          autoFocus
          error={wrong('tenantName')}
        />
        <fieldset className="flex flex-col gap-2">
          <legend className="label mb-1.5">{t('modules')}</legend>
          {setup.modules.map(module => (
            <label
              key={module.key}
              className="flex cursor-pointer gap-3 rounded-lg border border-border p-3 text-sm hover:bg-hover"
            >
              <input
                type="checkbox"
                name="modules"
                value={module.key}
                defaultChecked={setup.modules.length === 1}
                className="mt-0.5 accent-accent"
              />
              <span>
                <span className="font-medium">{module.name}</span>
                <span className="block text-muted text-xs">{module.description}</span>
              </span>
            </label>
          ))}
          {noModule && (
            <p role="alert" className="text-danger text-xs">
              {t('needsModule')}
            </p>
          )}
        </fieldset>
        <PlainField label={t('fullName')} name="fullName" autoComplete="name" error={wrong('fullName')} />
        <PlainField label={t('email')} name="email" type="email" autoComplete="username" error={wrong('email')} />
        <PlainField
          label={t('password')}
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={12}
          help={t('passwordHelp')}
          error={wrong('password')}
        />
        <FrontError>{problem && !placed && problem.message}</FrontError>
        <FrontSubmit pending={pending}>{t('submit')}</FrontSubmit>
      </form>
    </Front>
  );
}
