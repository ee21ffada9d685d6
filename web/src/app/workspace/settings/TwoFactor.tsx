import { Button } from '@heroui/react/button';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { useSave } from '@/kernel/http/useSave';
import { queryClient } from '@/kernel/query';
import { useMe } from '@/kernel/session/useSession';
import { TextInput } from '@/ui/fields/TextInput';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { notify } from '@/ui/overlays/notify';
import { ErrorState } from '@/ui/parts/ErrorState';
import { Moment } from '@/ui/parts/Moment';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { StateDot } from '@/ui/parts/StateDot';
import { RecoveryCodes } from './RecoveryCodes';
import { SaveBar } from './SaveBar';
import { Section } from './Section';

const QrCode = lazy(async () => ({ default: (await import('./QrCode')).QrCode }));

interface State {
  enabled: boolean;
  enabledAt: string | null;
  recoveryCodesLeft: number;
}

interface Key {
  secret: string;
  uri: string;
}

const path = '/api/v1/auth/two-factor';
const key = ['two-factor'] as const;
const again = () => queryClient.invalidateQueries({ queryKey: key });

/** A code of one's own device at every sign-in: turning it on, its recovery codes, turning it off. */
export default function TwoFactor() {
  const t = useTranslations('settings');
  const { viewAs } = useMe();
  const state = useQuery<State, Problem>({ queryKey: key, queryFn: ({ signal }) => request('GET', path, { signal }) });
  const [begun, setBegun] = useState<Key | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [asked, setAsked] = useState<'disable' | 'recovery-codes' | null>(null);
  const beginning = useSave([]);

  if (state.error)
    return (
      <ErrorState
        title={t('failed')}
        sentence={state.error.message}
        traceId={state.error.traceId}
        onRetry={() => void state.refetch()}
      />
    );
  return (
    <Section title={t('section.two-factor')} sentence={t('twoFactorSentence')}>
      {!state.data ? (
        <SkeletonLines lines={3} />
      ) : codes ? (
        <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />
      ) : begun ? (
        <Enrol
          begun={begun}
          onCancel={() => setBegun(null)}
          onDone={fresh => {
            setBegun(null);
            setCodes(fresh);
            void again();
            notify(t('twoFactorOn'));
          }}
        />
      ) : state.data.enabled ? (
        <>
          <dl className="grid max-w-md grid-cols-[1fr_auto] gap-y-2 text-sm">
            <dt className="text-muted">{t('state')}</dt>
            <dd>
              <StateDot tone="green">{t('on')}</StateDot>
            </dd>
            {state.data.enabledAt && (
              <>
                <dt className="text-muted">{t('since')}</dt>
                <dd>
                  <Moment at={state.data.enabledAt} />
                </dd>
              </>
            )}
            <dt className="text-muted">{t('codesLeft')}</dt>
            <dd className="tabular-nums">{state.data.recoveryCodesLeft}</dd>
          </dl>
          <div className="mt-4 flex flex-wrap gap-2">
            <Button variant="outline" isDisabled={viewAs !== null} onPress={() => setAsked('recovery-codes')}>
              {t('newCodes')}
            </Button>
            <Button
              variant="outline"
              className="text-danger"
              isDisabled={viewAs !== null}
              onPress={() => setAsked('disable')}
            >
              {t('turnOff')}
            </Button>
          </div>
        </>
      ) : (
        <div className="flex flex-col items-start gap-3">
          <StateDot tone="grey">{t('off')}</StateDot>
          <div role="alert">{beginning.failure && <p className="text-danger text-sm">{beginning.failure}</p>}</div>
          <Button
            isPending={beginning.waiting}
            isDisabled={viewAs !== null}
            onPress={() => void beginning.run(async () => setBegun(await request<Key>('POST', `${path}/begin`)))}
          >
            {t('turnOn')}
          </Button>
        </div>
      )}
      {asked && (
        <Proof
          what={asked}
          onClose={() => setAsked(null)}
          onDone={fresh => {
            setAsked(null);
            void again();
            if (fresh) setCodes(fresh);
            else notify(t('twoFactorOff'));
          }}
        />
      )}
    </Section>
  );
}

function Enrol(props: { begun: Key; onCancel: () => void; onDone: (codes: readonly string[]) => void }) {
  const t = useTranslations('settings');
  const [code, setCode] = useState('');
  const saving = useSave(['code']);
  return (
    <form
      className="settings-form"
      onSubmit={event => {
        event.preventDefault();
        void saving.run(async () => {
          const answer = await request<{ recoveryCodes: string[] }>('POST', `${path}/confirm`, { body: { code } });
          props.onDone(answer.recoveryCodes);
        });
      }}
    >
      <p className="text-sm">{t('scan')}</p>
      <Suspense fallback={<div className="size-44 rounded-lg bg-default" />}>
        <QrCode text={props.begun.uri} label={t('qr')} />
      </Suspense>
      <div>
        <p className="label">{t('byHand')}</p>
        <code className="select-all break-all font-mono text-sm">{props.begun.secret.match(/.{1,4}/g)?.join(' ')}</code>
      </div>
      <TextInput
        label={t('code')}
        help={t('codeHelp')}
        value={code}
        onChange={text => setCode(text ?? '')}
        autoComplete="one-time-code"
        maxLength={8}
        required
        autoFocus
        error={saving.errorOf('code')}
      />
      <div className="flex items-end gap-2">
        <SaveBar saving={saving} submit={t('confirm')} disabled={code.trim().length < 6} />
        <Button variant="outline" onPress={props.onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}

/** Password and code once more: a session alone is not enough to weaken the sign-in it came from. */
function Proof(props: {
  what: 'disable' | 'recovery-codes';
  onClose: () => void;
  onDone: (codes: readonly string[] | null) => void;
}) {
  const t = useTranslations('settings');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const saving = useSave(['password', 'code']);
  return (
    <FormDialog title={t(props.what === 'disable' ? 'turnOffTitle' : 'newCodesTitle')} onClose={props.onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={event => {
          event.preventDefault();
          void saving.run(async () => {
            const answer = await request<{ recoveryCodes: string[] } | undefined>('POST', `${path}/${props.what}`, {
              body: { password, code },
            });
            props.onDone(answer?.recoveryCodes ?? null);
          });
        }}
      >
        <p className="text-muted text-sm">{t(props.what === 'disable' ? 'turnOffSentence' : 'newCodesSentence')}</p>
        <TextInput
          label={t('currentPassword')}
          kind="password"
          autoComplete="current-password"
          value={password}
          onChange={text => setPassword(text ?? '')}
          required
          autoFocus
          error={saving.errorOf('password')}
        />
        <TextInput
          label={t('codeOrRecovery')}
          autoComplete="one-time-code"
          value={code}
          onChange={text => setCode(text ?? '')}
          maxLength={40}
          required
          error={saving.errorOf('code')}
        />
        <SaveBar
          saving={saving}
          submit={t(props.what === 'disable' ? 'turnOff' : 'newCodes')}
          disabled={password === '' || code === ''}
        />
      </form>
    </FormDialog>
  );
}
