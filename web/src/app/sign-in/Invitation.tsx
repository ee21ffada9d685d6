import { type FormEvent, useEffect, useState } from 'react';
import { Navigate, useParams } from 'react-router';
import { useTranslations } from 'use-intl';
import type { OpenInvitation } from '@/api/types.gen';
import { isProblem, type Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { session } from '@/kernel/session/session';
import type { SignedIn } from '@/kernel/session/types';
import { CodeField } from './CodeField';
import { Front, FrontError, FrontSubmit } from './Front';
import { PlainField } from './PlainField';

export default function Invitation() {
  const t = useTranslations('invitation');
  const { token = '' } = useParams();
  const path = `/api/v1/auth/invitations/${encodeURIComponent(token)}`;
  const [invited, setInvited] = useState<OpenInvitation | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [needsCode, setNeedsCode] = useState(false);
  const [state, setState] = useState<'idle' | 'pending' | 'joined'>('idle');

  useEffect(() => {
    request<OpenInvitation>('GET', path).then(setInvited, error => isProblem(error) && setProblem(error));
  }, [path]);

  if (state === 'joined') return <Navigate to="/" replace />;
  if (invited === null) {
    const gone = problem !== null && problem.status !== 0;
    return (
      <Front title={gone ? t('gone') : t('loading')} sentence={gone ? t('goneSentence') : undefined}>
        <FrontError>{problem && !gone && problem.message}</FrontError>
      </Front>
    );
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (state === 'pending') return;
    const data = new FormData(event.currentTarget);
    setState('pending');
    try {
      const body = {
        ...(invited?.accountExists ? {} : { fullName: String(data.get('fullName') ?? '').trim() }),
        password: String(data.get('password') ?? ''),
        ...(needsCode ? { code: String(data.get('code') ?? '').trim() } : {}),
      };
      session.adopt(await request<SignedIn>('POST', `${path}/accept`, { body }));
      setState('joined');
    } catch (error) {
      setState('idle');
      if (!isProblem(error)) throw error;
      setProblem(error);
      if (isProblem(error, 'second_factor_required')) setNeedsCode(true);
    }
  }

  const wrong = (field: string) => problem?.errors[field]?.[0];
  const placed = problem !== null && Object.keys(problem.errors).length > 0;
  const { tenantName, invitedBy, email, role, accountExists } = invited;
  return (
    <Front title={t('title', { tenant: tenantName })} sentence={t('sentence', { invitedBy, email, role })}>
      <form method="post" className="flex flex-col gap-4" onSubmit={submit}>
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        {!accountExists && (
          <PlainField
            label={t('fullName')}
            name="fullName"
            autoComplete="name"
            autoFocus
            defaultValue={invited.fullName ?? ''}
            error={wrong('fullName')}
          />
        )}
        <PlainField
          label={accountExists ? t('yourPassword') : t('password')}
          name="password"
          type="password"
          autoComplete={accountExists ? 'current-password' : 'new-password'}
          autoFocus={accountExists}
          {...(accountExists ? { help: t('existing') } : { minLength: 12 })}
          error={wrong('password')}
        />
        {needsCode && <CodeField error={wrong('code')} />}
        <FrontError>{problem && !placed && problem.code !== 'second_factor_required' && problem.message}</FrontError>
        <FrontSubmit pending={state === 'pending'}>{t('submit')}</FrontSubmit>
      </form>
    </Front>
  );
}
