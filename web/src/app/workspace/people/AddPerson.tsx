import { Button } from '@heroui/react/button';
import { useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import type { UserRow } from '@/api/types.gen';
import { isProblem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { refetch } from '@/kernel/records/changes';
import { text } from '@/kernel/records/fields';
import type { Noun } from '@/kernel/records/noun';
import { PanelBar } from '@/kernel/records/PanelBar';
import { RecordForm } from '@/kernel/records/RecordForm';
import { useClose } from '@/kernel/records/useClose';
import { RequirePage } from '@/kernel/session/RequirePage';
import { classes } from '@/ui/classes';
import { confirm } from '@/ui/overlays/ask';
import { notify } from '@/ui/overlays/notify';
import { SidePanel } from '@/ui/overlays/SidePanel';
import { CopyLink } from './CopyLink';
import { type NewInvitation, sendInvitation } from './invitations';

type Way = 'link' | 'password';
const ways: readonly Way[] = ['link', 'password'];

/** `/users/new`: asks somebody in by a link, or adds them with a first password. */
export default function AddPerson({ noun: users }: { noun: Noun }) {
  const t = useTranslations('people');
  const close = useClose(users);
  const navigate = useNavigate();
  const [way, setWay] = useState<Way>('link');
  const [invited, setInvited] = useState<NewInvitation | null>(null);
  const typed = useRef<Record<string, unknown>>({ role: 'agent', active: true });
  const noun = useMemo(() => formOf(users, way, values => Object.assign(typed.current, values)), [users, way]);

  async function save(values: Record<string, unknown>): Promise<boolean> {
    try {
      if (way === 'link') {
        setInvited(await sendInvitation(values));
        return true;
      }
      const row = await request<UserRow>('POST', users.path, { body: values });
      void refetch(users);
      close();
      notify(t('added', { name: row.fullName }), { label: t('open'), run: () => void navigate(`/users/${row.id}`) });
      return true;
    } catch (error) {
      if (!(await restored(error))) throw error;
      return true;
    }
  }

  /** Somebody who was here before comes back with everything that was theirs. */
  async function restored(error: unknown): Promise<boolean> {
    const id = isProblem(error, 'duplicate_value') ? error.body.trashedId : undefined;
    if (typeof id !== 'string') return false;
    const yes = await confirm({ title: t('wasHere'), sentence: t('wasHereSentence'), action: t('restore') });
    if (!yes) return false;
    const row = await request<UserRow>('POST', `${users.path}/${id}/restore`);
    void refetch(users);
    await navigate(`/users/${row.id}`);
    notify(t('restored', { name: row.fullName }));
    return true;
  }

  return (
    <RequirePage page={users.page}>
      <SidePanel label={t('addPerson')} width={480} onClose={close}>
        <PanelBar title={t('addPerson')} onClose={close} />
        {invited ? (
          <Invited invitation={invited} onMore={() => setInvited(null)} onClose={close} />
        ) : (
          <>
            {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a visible legend */}
            <div role="group" aria-label={t('how')} className="grid grid-cols-2 gap-2 px-5 pt-4">
              {ways.map(one => (
                <button
                  key={one}
                  type="button"
                  aria-pressed={way === one}
                  className={classes('way-card', way === one && 'way-card--on')}
                  onClick={() => setWay(one)}
                >
                  <span className="font-medium">{t(`way.${one}`)}</span>
                  <span className="text-muted text-xs">{t(`wayHelp.${one}`)}</span>
                </button>
              ))}
            </div>
            <RecordForm
              key={way}
              noun={noun}
              given={typed.current}
              submit={t(way === 'link' ? 'makeLink' : 'addPerson')}
              save={save}
              onCancel={close}
            />
          </>
        )}
      </SidePanel>
    </RequirePage>
  );
}

/** The fields of one way; what was typed is kept for the other. */
function formOf(users: Noun, way: Way, onType: (values: Record<string, unknown>) => void): Noun {
  const derive = (values: Record<string, unknown>) => {
    onType(values);
    return {};
  };
  if (way === 'link') {
    return {
      ...users,
      fields: { ...users.fields, fullName: text() },
      form: { fields: ['email', 'role', 'fullName'], derive },
    };
  }
  return {
    ...users,
    fields: { ...users.fields, password: text({ required: true, input: 'password' }) },
    form: { fields: ['fullName', 'email', 'role', 'password'], derive },
  };
}

function Invited(props: { invitation: NewInvitation; onMore: () => void; onClose: () => void }) {
  const t = useTranslations('people');
  return (
    <>
      <div className="flex flex-1 flex-col gap-3 px-5 py-4">
        <h3 className="font-semibold text-[15px]/5">{t('linkReady', { email: props.invitation.email })}</h3>
        <CopyLink link={props.invitation.link} expiresAt={props.invitation.expiresAt} />
      </div>
      <footer className="flex flex-none justify-end gap-2 border-border border-t px-5 py-3">
        <Button variant="outline" onPress={props.onMore}>
          {t('inviteMore')}
        </Button>
        <Button onPress={props.onClose}>{t('done')}</Button>
      </footer>
    </>
  );
}
