import { type FormEvent, useEffect, useState } from 'react';
import { Navigate, useParams } from 'react-router';
import { useTranslations } from 'use-intl';
import { isProblem, type Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { session } from '@/kernel/session/session';
import type { SignedIn } from '@/kernel/session/types';
import { Front, FrontError, FrontSubmit } from './Front';
import { PlainField } from './PlainField';

interface Invited {
  tenantName: string;
  email: string;
  fullName: string | null;
  role: string;
  invitedBy: string;
  accountExists: boolean;
  expiresAt: string;
}

export default function Invitation() {
  const t = useTranslations('invitation');
  const { token = '' } = useParams();
  const path = `/api/v1/auth/invitations/${encodeURIComponent(token)}`;
  const [invited, setInvited] = useState<Invited | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [state, setState] = useState<'idle' | 'pending' | 'joined'>('idle');

  useEffect(() => {
    request<Invited>('GET', path).then(setInvited, error => isProblem(error) && setProblem(error));
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
      };
      session.adopt(await request<SignedIn>('POST', `${path}/accept`, { body }));
      setState('joined');
    } catch (error) {
      setState('idle');
      if (!isProblem(error)) throw error;
      setProblem(error);
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
        <FrontError>{problem && !placed && problem.message}</FrontError>
        <FrontSubmit pending={state === 'pending'}>{t('submit')}</FrontSubmit>
      </form>
    </Front>
  );
}
