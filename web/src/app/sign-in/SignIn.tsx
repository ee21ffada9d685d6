import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { useTranslations } from 'use-intl';
import type { SetupState } from '@/api/types.gen';
import { isProblem, type Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { wantedPath } from '@/kernel/session/permissions';
import { session } from '@/kernel/session/session';
import type { SignedIn } from '@/kernel/session/types';
import { useSession } from '@/kernel/session/useSession';
import { CodeField } from './CodeField';
import { Front, FrontError, FrontSubmit } from './Front';
import { PlainField } from './PlainField';
import { Providers } from './Providers';
import { refusalOf } from './signInLinks';

const demoPeople = ['admin', 'manager', 'agent', 'viewer'] as const;
const demoPassword = 'Tessera-demo-2026';

export default function SignIn() {
  const t = useTranslations('signIn');
  const state = useSession();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const next = wantedPath(params.get('next'));
  const form = useRef<HTMLFormElement>(null);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [setup, setSetup] = useState<SetupState | null>(null);
  // What was typed before the code was asked for. In memory only, and gone with this page.
  const [typed, setTyped] = useState<{ email: string; password: string } | null>(null);
  const refusal = refusalOf(params.get('error'));

  useEffect(() => {
    request<SetupState>('GET', '/api/v1/setup').then(
      found => (found.needsSetup ? void navigate('/setup', { replace: true }) : setSetup(found)),
      () => undefined,
    );
  }, [navigate]);

  if (state.status === 'signed-in') return <Navigate to={next} replace />;

  const over = state.status === 'signed-out' && state.reason === 'over';

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const who = typed ?? { email: text('email'), password: String(data.get('password') ?? '') };
    setPending(true);
    try {
      const body = { ...who, tenant: params.get('tenant') ?? undefined, code: typed ? text('code') : undefined };
      session.adopt(await request<SignedIn>('POST', '/api/v1/auth/login', { body }));
    } catch (error) {
      setPending(false);
      if (!isProblem(error)) throw error;
      setProblem(error);
      if (isProblem(error, 'second_factor_required')) setTyped(who);
      const field = typed || error.code === 'second_factor_required' ? 'code' : 'password';
      requestAnimationFrame(() => form.current?.querySelector<HTMLInputElement>(`[name=${field}]`)?.select());
    }
  }

  function startOver() {
    setTyped(null);
    setProblem(null);
  }

  function fillIn(person: string) {
    const set = (name: string, value: string) => {
      const input = form.current?.querySelector<HTMLInputElement>(`[name=${name}]`);
      if (input) input.value = value;
    };
    set('email', `${person}@brightdesk.demo`);
    set('password', demoPassword);
    form.current?.requestSubmit();
  }

  if (typed) {
    return (
      <Front title={t('codeTitle')} sentence={t('codeSentence', { email: typed.email })}>
        <form ref={form} method="post" className="flex flex-col gap-4" onSubmit={submit}>
          <CodeField error={problem?.errors.code && t('wrongCode')} />
          <FrontError>{problem && sentence(problem, t)}</FrontError>
          <FrontSubmit pending={pending}>{t('submit')}</FrontSubmit>
          <button type="button" className="front-link self-center" onClick={startOver}>
            {t('startOver')}
          </button>
        </form>
      </Front>
    );
  }

  return (
    <Front title={t('title')} sentence={over && !problem ? t('sessionOver') : undefined}>
      <form ref={form} method="post" className="flex flex-col gap-4" onSubmit={submit}>
        <PlainField label={t('email')} name="email" type="email" autoComplete="username" autoFocus />
        <PlainField
          label={t('password')}
          name="password"
          type="password"
          autoComplete="current-password"
          reveal={{ show: t('show'), hide: t('hide') }}
        />
        <FrontError>{problem ? sentence(problem, t) : refusal && t(`refusals.${refusal}`)}</FrontError>
        <FrontSubmit pending={pending}>{t('submit')}</FrontSubmit>
      </form>
      <Providers next={next} />
      {setup?.demo && (
        <div className="mt-6 border-border border-t pt-4">
          <p className="text-muted text-xs">{t('demo')}</p>
          <div className="mt-2 grid grid-cols-2 gap-2">
            {demoPeople.map(person => (
              <button
                key={person}
                type="button"
                className="button button--outline button--full-width"
                disabled={pending}
                onClick={() => fillIn(person)}
              >
                {t(`roles.${person}`)}
              </button>
            ))}
          </div>
        </div>
      )}
    </Front>
  );
}

function sentence(problem: Problem, t: ReturnType<typeof useTranslations<'signIn'>>): string | null {
  switch (problem.code) {
    case 'second_factor_required':
      return null;
    case 'invalid_credentials':
    case 'validation_failed':
      return t('wrong');
    case 'too_many_attempts':
      return t('throttled', { seconds: Number(problem.body.retryAfterSeconds ?? 0) });
    case 'offline':
      return problem.message;
    default:
      return problem.status === 401 ? t('wrong') : t('failed');
  }
}
