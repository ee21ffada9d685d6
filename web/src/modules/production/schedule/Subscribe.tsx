import { Button } from '@heroui/react/button';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { CalendarFeedState, NewCalendarFeed } from '@/api/types.gen';
import { isProblem, type Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { queryClient } from '@/kernel/query';
import { CopyField } from '@/ui/fields/CopyField';
import { ask } from '@/ui/overlays/ask';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { notify, warn } from '@/ui/overlays/notify';
import { Moment } from '@/ui/parts/Moment';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { LoadFailed } from '../LoadFailed';

const path = '/api/v1/production/calendar-feed';
const key = ['calendar-feed'] as const;

export function openSubscribe(): void {
  void ask(answer => <Subscribe onClose={() => answer(null)} />);
}

/** One's own shoots and deliveries in any calendar program: by an address that can be changed or taken back. */
function Subscribe({ onClose }: { onClose: () => void }) {
  const t = useTranslations('production.feed');
  const [link, setLink] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  /** A second press renews: the address one has stops working. */
  const [sure, setSure] = useState(false);
  const state = useQuery<CalendarFeedState, Problem>({
    queryKey: key,
    queryFn: ({ signal }) => request('GET', path, { signal }),
  });

  async function work(send: () => Promise<unknown>) {
    setBusy(true);
    try {
      await send();
      await queryClient.invalidateQueries({ queryKey: key });
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(t('failed'), error.message);
    } finally {
      setBusy(false);
    }
  }
  const renew = () => work(async () => setLink((await request<NewCalendarFeed>('POST', path)).link));

  return (
    <FormDialog title={t('title')} onClose={onClose} wide>
      <div className="flex flex-col gap-4">
        <p className="-mt-2 text-muted text-sm">{t('sentence')}</p>
        {state.error ? (
          <LoadFailed problem={state.error} retry={state.refetch} />
        ) : !state.data ? (
          <SkeletonLines lines={2} />
        ) : link ? (
          <>
            <CopyField label={t('address')} value={link} note={t('once')} />
            <p className="text-sm">
              <a href={link.replace(/^https?:/, 'webcal:')} className="text-link hover:underline">
                {t('openInCalendar')}
              </a>
            </p>
          </>
        ) : state.data.exists ? (
          <p className="text-sm">
            {sure ? t('renewSentence') : t('exists')}{' '}
            {!sure && state.data.createdAt && (
              <>
                <Moment at={state.data.createdAt} within />. {t('hidden')}
              </>
            )}
          </p>
        ) : null}
        <div className="flex flex-wrap justify-end gap-2">
          {state.data?.exists && (
            <Button
              variant="outline"
              className="me-auto text-danger"
              isDisabled={busy}
              onPress={() =>
                void work(async () => {
                  await request('DELETE', path);
                  setLink(null);
                  notify(t('revoked'));
                })
              }
            >
              {t('revoke')}
            </Button>
          )}
          <Button variant="outline" onPress={onClose}>
            {t('close')}
          </Button>
          {state.data && !link && (
            <Button isPending={busy} onPress={() => (state.data.exists && !sure ? setSure(true) : void renew())}>
              {t(sure ? 'renewNow' : state.data.exists ? 'renew' : 'create')}
            </Button>
          )}
        </div>
      </div>
    </FormDialog>
  );
}
