import { Button } from '@heroui/react/button';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ItemListOfShareRow, NewShare, ShareRow } from '@/api/types.gen';
import { Choice } from '@/ui/fields/Choice';
import { Toggle } from '@/ui/fields/Toggle';
import { ask } from '@/ui/overlays/ask';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { notify, warn } from '@/ui/overlays/notify';
import { Moment } from '@/ui/parts/Moment';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { isProblem, type Problem } from '../http/problem';
import { request } from '../http/request';
import type { RecordRow } from './fields';
import { recordKeys } from './keys';
import type { Noun } from './noun';
import { endOf, lifetimes } from './shareLifetimes';

/** Links by which people without an account read one record. */
export function openShareDialog(noun: Noun, row: RecordRow): Promise<null> {
  return ask<null>(answer => <ShareDialog noun={noun} row={row} onClose={() => answer(null)} />);
}

function ShareDialog({ noun, row, onClose }: { noun: Noun; row: RecordRow; onClose: () => void }) {
  const t = useTranslations('shares');
  const tr = useTranslations('records');
  const path = `${noun.path}/${row.id}/shares`;
  const [lifetime, setLifetime] = useState<string>('7');
  const [includePersonal, setIncludePersonal] = useState(false);
  const [pending, setPending] = useState(false);
  const [made, setMade] = useState<NewShare | null>(null);
  const shares = useQuery<ItemListOfShareRow, Problem>({
    queryKey: recordKeys.shares(noun.key, row.id),
    queryFn: ({ signal }) => request('GET', path, { signal }),
  });

  async function attempt(title: string, work: () => Promise<void>) {
    setPending(true);
    try {
      await work();
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(title, error.message);
    } finally {
      setPending(false);
      void shares.refetch();
    }
  }

  const create = () =>
    attempt(t('createFailed'), async () => {
      const body = { expiresAt: endOf(lifetime, Date.now()), includePersonal };
      setMade(await request<NewShare>('POST', path, { body }));
    });

  const revoke = (share: ShareRow) =>
    attempt(t('revokeFailed'), async () => {
      await request('DELETE', `${path}/${share.id}`);
      if (made?.id === share.id) setMade(null);
      notify(t('revoked'));
    });

  return (
    <FormDialog title={t('title', { name: noun.title(row) })} onClose={onClose} wide>
      <div className="flex flex-col gap-5">
        <p className="-mt-3 text-muted text-sm">{t('sentence')}</p>
        {made ? (
          <MadeLink link={made.link} onAnother={() => setMade(null)} />
        ) : (
          <div className="flex flex-col gap-4">
            <Choice
              label={t('lifetime')}
              value={lifetime}
              required
              onChange={value => setLifetime(value ?? '7')}
              options={lifetimes.map(days => ({ id: String(days), name: t('days', { count: days }) }))}
            />
            <Toggle
              label={t('personal')}
              help={t('personalHelp')}
              value={includePersonal}
              onChange={setIncludePersonal}
            />
            <Button className="self-start" isPending={pending} onPress={() => void create()}>
              {t('create')}
            </Button>
          </div>
        )}
        <section aria-label={t('open')}>
          <h3 className="mb-1 font-medium text-muted text-xs">{t('open')}</h3>
          {shares.error && !shares.data && <p className="text-danger text-sm">{tr('loadFailed')}</p>}
          {!shares.data && !shares.error && <SkeletonLines lines={2} />}
          {shares.data?.items.length === 0 && <p className="text-muted text-sm">{t('none')}</p>}
          <ul className="flex flex-col">
            {shares.data?.items.map(share => (
              <li
                key={share.id}
                className="flex items-center gap-3 border-row-line border-b py-2 text-sm last:border-0"
              >
                <span className="min-w-0 flex-1">
                  <span className="block truncate">
                    {share.sharedBy.fullName}
                    {share.includePersonal && <span className="text-muted"> · {t('withPersonal')}</span>}
                  </span>
                  <span className="block text-muted text-xs">
                    {t('until')} <Moment at={share.expiresAt} within /> ·{' '}
                    {share.lastOpenedAt ? (
                      <>
                        {t('opened')} <Moment at={share.lastOpenedAt} within />
                      </>
                    ) : (
                      t('neverOpened')
                    )}
                  </span>
                </span>
                <Button size="sm" variant="outline" isDisabled={pending} onPress={() => void revoke(share)}>
                  {t('revoke')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
        <Button variant="ghost" className="self-end" onPress={onClose}>
          {tr('close')}
        </Button>
      </div>
    </FormDialog>
  );
}

function MadeLink({ link, onAnother }: { link: string; onAnother: () => void }) {
  const t = useTranslations('shares');
  const [copied, setCopied] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      // Without a secure connection the browser lends no clipboard; the link is selected for the person's own copy.
      document.querySelector<HTMLInputElement>('[data-slot=share-link]')?.select();
    }
  }

  return (
    <div className="flex flex-col gap-2">
      <div className="flex gap-2">
        <input
          data-slot="share-link"
          className="input min-w-0 flex-1 text-sm"
          aria-label={t('link')}
          readOnly
          value={link}
          onFocus={event => event.currentTarget.select()}
        />
        <Button autoFocus onPress={() => void copy()}>
          {copied ? t('copied') : t('copy')}
        </Button>
      </div>
      <p role="status" className="text-muted text-xs">
        {t('once')}
      </p>
      <Button size="sm" variant="ghost" className="self-start" onPress={onAnother}>
        {t('another')}
      </Button>
    </div>
  );
}
