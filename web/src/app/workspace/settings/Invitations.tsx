import { Button } from '@heroui/react/button';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useTranslations } from 'use-intl';
import { isProblem, type Problem } from '@/kernel/http/problem';
import { useAccess } from '@/kernel/session/useSession';
import { confirm } from '@/ui/overlays/ask';
import { notify, warn } from '@/ui/overlays/notify';
import { ErrorState } from '@/ui/parts/ErrorState';
import { Moment } from '@/ui/parts/Moment';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { type Invitation, inviteKeys, readInvitations, revokeInvitation } from '../people/invitations';
import { Section } from './Section';

/** Who was asked in and has not come yet. */
export default function Invitations() {
  const t = useTranslations('settings');
  const can = useAccess();
  const canWrite = can('user_management', 'write');
  const invitations = useQuery<{ items: Invitation[] }, Problem>({
    queryKey: inviteKeys,
    queryFn: ({ signal }) => readInvitations(signal),
  });

  async function revoke(one: Invitation) {
    const yes = await confirm({
      title: t('revokeTitle', { email: one.email }),
      sentence: t('revokeSentence'),
      action: t('revoke'),
      danger: true,
    });
    if (!yes) return;
    try {
      await revokeInvitation(one.id);
      notify(t('revoked', { email: one.email }));
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(t('revokeFailed'), error.message);
    }
  }

  const items = invitations.data?.items;
  return (
    <Section
      title={t('section.invitations')}
      sentence={t('invitationsSentence')}
      action={
        canWrite && (
          <Link to="/users/new" className="button button--primary">
            {t('invite')}
          </Link>
        )
      }
    >
      {invitations.error ? (
        <ErrorState
          title={t('failed')}
          sentence={invitations.error.message}
          traceId={invitations.error.traceId}
          onRetry={() => void invitations.refetch()}
        />
      ) : !items ? (
        <SkeletonLines lines={3} />
      ) : items.length === 0 ? (
        <p className="rounded-lg border border-border border-dashed p-4 text-muted text-sm">{t('noInvitations')}</p>
      ) : (
        <ul className="settings-list">
          {items.map(one => {
            const role = `roles.${one.role}` as 'roles.admin';
            return (
              <li key={one.id} className="settings-list__row">
                <div className="min-w-0 flex-1">
                  <p className="truncate font-medium text-sm">{one.fullName ?? one.email}</p>
                  <p className="text-muted text-xs">
                    {one.fullName && `${one.email} · `}
                    {t.has(role) ? t(role) : one.role} · {t('invitedBy', { name: one.invitedBy })} · {t('validUntil')}{' '}
                    <Moment at={one.expiresAt} time={false} within />
                  </p>
                </div>
                {canWrite && (
                  <Button size="sm" variant="outline" onPress={() => void revoke(one)}>
                    {t('revoke')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
