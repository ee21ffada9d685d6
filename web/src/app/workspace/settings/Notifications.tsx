import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { NotificationKindRow } from '@/api/types.gen';
import { isProblem, type Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { queryClient } from '@/kernel/query';
import { useMe } from '@/kernel/session/useSession';
import { Toggle } from '@/ui/fields/Toggle';
import { warn } from '@/ui/overlays/notify';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { Section } from './Section';

const path = '/api/v1/notifications/kinds';
const key = ['notifications', 'kinds'];

type Kinds = { items: NotificationKindRow[] };

/** What one wants to be told; each switch holds from the next notification on. */
export default function Notifications() {
  const t = useTranslations('settings');
  const { viewAs } = useMe();
  const kinds = useQuery<Kinds, Problem>({ queryKey: key, queryFn: ({ signal }) => request('GET', path, { signal }) });

  async function choose(kind: NotificationKindRow, enabled: boolean) {
    const put = (is: boolean) =>
      queryClient.setQueryData<Kinds>(
        key,
        known => known && { items: known.items.map(one => (one.key === kind.key ? { ...one, enabled: is } : one)) },
      );
    put(enabled);
    try {
      await request('PUT', `${path}/${kind.key}`, { body: { enabled } });
    } catch (error) {
      put(!enabled);
      if (!isProblem(error)) throw error;
      warn(t('notSaved'), error.message);
    }
  }

  const groups = [...new Set(kinds.data?.items.map(kind => kind.module) ?? [])];
  return (
    <Section title={t('section.notifications')} sentence={t('notificationsSentence')}>
      {kinds.error ? (
        <ErrorState
          title={t('failed')}
          sentence={kinds.error.message}
          traceId={kinds.error.traceId}
          onRetry={() => void kinds.refetch()}
        />
      ) : !kinds.data ? (
        <SkeletonLines lines={8} />
      ) : (
        groups.map(module => (
          <fieldset key={module ?? ''} className="mb-6" disabled={viewAs !== null}>
            <legend className="mb-2 text-muted text-xs">{module ?? t('fromEverywhere')}</legend>
            <ul className="settings-list">
              {kinds.data.items
                .filter(kind => kind.module === module)
                .map(kind => (
                  <li key={kind.key} className="settings-list__row">
                    <Toggle
                      label={kind.name}
                      help={kind.description}
                      value={kind.enabled}
                      disabled={viewAs !== null}
                      onChange={enabled => void choose(kind, enabled)}
                    />
                  </li>
                ))}
            </ul>
          </fieldset>
        ))
      )}
    </Section>
  );
}
