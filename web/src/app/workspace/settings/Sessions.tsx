import ComputerDesktop from '@heroicons/react/20/solid/ComputerDesktopIcon';
import { Button } from '@heroui/react/button';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { SessionRow, SignInRow } from '@/api/types.gen';
import { isProblem, type Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { queryClient } from '@/kernel/query';
import { useMe } from '@/kernel/session/useSession';
import { confirm } from '@/ui/overlays/ask';
import { notify, warn } from '@/ui/overlays/notify';
import { ErrorState } from '@/ui/parts/ErrorState';
import { Moment } from '@/ui/parts/Moment';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { StateDot } from '@/ui/parts/StateDot';
import { Section } from './Section';
import { deviceOf } from './userAgent';

const path = '/api/v1/auth/sessions';
const keys = { sessions: ['my-sessions'], signIns: ['my-sign-ins'] } as const;

/** Where one is signed in, and who tried. */
export default function Sessions() {
  const t = useTranslations('settings');
  const { viewAs } = useMe();
  const sessions = useQuery<{ items: SessionRow[] }, Problem>({
    queryKey: keys.sessions,
    queryFn: ({ signal }) => request('GET', path, { signal }),
  });
  const others = sessions.data?.items.filter(one => !one.current).length ?? 0;

  async function end(url: string, done: string) {
    try {
      await request('DELETE', url);
      notify(done);
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(t('endFailed'), error.message);
    } finally {
      void queryClient.invalidateQueries({ queryKey: keys.sessions });
    }
  }

  async function endOthers() {
    const yes = await confirm({
      title: t('endOthersTitle', { count: others }),
      sentence: t('endOthersSentence'),
      action: t('endOthers'),
      danger: true,
    });
    if (yes) await end(path, t('othersEnded'));
  }

  return (
    <>
      <Section
        title={t('section.sessions')}
        sentence={t('sessionsSentence')}
        action={
          others > 0 && (
            <Button variant="outline" isDisabled={viewAs !== null} onPress={() => void endOthers()}>
              {t('endOthers')}
            </Button>
          )
        }
      >
        {sessions.error ? (
          <Failed problem={sessions.error} retry={() => void sessions.refetch()} />
        ) : !sessions.data ? (
          <SkeletonLines lines={4} />
        ) : (
          <ul className="settings-list">
            {[...sessions.data.items]
              .sort((a, b) => Number(b.current) - Number(a.current))
              .map(one => (
                <li key={one.id} className="settings-list__row">
                  <ComputerDesktop className="size-5 flex-none text-muted" aria-hidden="true" />
                  <div className="min-w-0 flex-1">
                    <p className="flex flex-wrap items-center gap-x-3 font-medium text-sm">
                      <span title={one.userAgent ?? undefined}>{deviceOf(one.userAgent) ?? t('unknownDevice')}</span>
                      {one.current && (
                        <span className="font-normal text-xs">
                          <StateDot tone="green">{t('thisSession')}</StateDot>
                        </span>
                      )}
                    </p>
                    <p className="text-muted text-xs">
                      {one.ipAddress ?? t('unknownAddress')} · {t('lastSeen')} <Moment at={one.lastSeenAt} within /> ·{' '}
                      {t('since')} <Moment at={one.createdAt} within />
                    </p>
                  </div>
                  {!one.current && (
                    <Button
                      size="sm"
                      variant="outline"
                      isDisabled={viewAs !== null}
                      onPress={() => void end(`${path}/${one.id}`, t('sessionEnded'))}
                    >
                      {t('end')}
                    </Button>
                  )}
                </li>
              ))}
          </ul>
        )}
      </Section>
      {/* Below a list whose length is not known yet: it would be pushed down. */}
      {(sessions.data || sessions.error) && <SignIns />}
    </>
  );
}

function SignIns() {
  const t = useTranslations('settings');
  const history = useQuery<{ items: SignInRow[] }, Problem>({
    queryKey: keys.signIns,
    queryFn: ({ signal }) => request('GET', '/api/v1/auth/sign-ins', { signal }),
  });
  return (
    <Section title={t('signIns')} sentence={t('signInsSentence')}>
      {history.error ? (
        <Failed problem={history.error} retry={() => void history.refetch()} />
      ) : !history.data ? (
        <SkeletonLines lines={4} />
      ) : (
        <ul className="settings-list">
          {history.data.items.map(one => {
            const key = `outcomes.${one.outcome}` as 'outcomes.succeeded';
            return (
              <li key={`${one.at} ${one.outcome}`} className="settings-list__row settings-list__row--low">
                <span className="w-40 max-sm:w-auto">
                  <StateDot tone={one.outcome === 'succeeded' ? 'green' : 'red'}>
                    {t.has(key) ? t(key) : String(one.outcome).replaceAll('_', ' ')}
                  </StateDot>
                </span>
                <span className="min-w-0 flex-1 truncate text-muted max-sm:hidden">
                  {deviceOf(one.userAgent) ?? t('unknownDevice')} · {one.ipAddress ?? t('unknownAddress')}
                </span>
                <span className="ms-auto flex-none text-muted">
                  <Moment at={one.at} />
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}

function Failed({ problem, retry }: { problem: Problem; retry: () => void }) {
  const t = useTranslations('settings');
  return <ErrorState title={t('failed')} sentence={problem.message} traceId={problem.traceId} onRetry={retry} />;
}
