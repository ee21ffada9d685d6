import Link from '@heroicons/react/16/solid/LinkIcon';
import LinkSlash from '@heroicons/react/16/solid/LinkSlashIcon';
import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { StudentRow } from '@/api/types.gen';
import type { RecordRow } from '@/kernel/records/fields';
import { useFind } from '@/kernel/records/lookups';
import type { RecordPartProps } from '@/kernel/records/noun';
import { useVerbs } from '@/kernel/records/useVerbs';
import { Lookup } from '@/ui/fields/Lookup';
import { ask } from '@/ui/overlays/ask';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { Person } from '@/ui/parts/Avatar';

/** Under a student's name: what they study, and the login that shows them their projects. */
export default function StudentHeading({ noun, row, canWrite }: RecordPartProps<StudentRow>) {
  const t = useTranslations('production.students');
  const verbs = useVerbs(noun);
  const facts = [
    row.studentNo,
    row.programme,
    row.yearOfStudy ? t('year', { year: row.yearOfStudy }) : null,
    t('projects', { count: row.projectCount }),
  ];
  const link = (userId: string | null) => verbs.change(row as unknown as RecordRow, { userId });
  async function choose() {
    const userId = await ask<string>(answer => <LoginDialog name={row.fullName} onAnswer={answer} />);
    if (userId !== null) await link(userId);
  }
  return (
    <div className="mt-0.5 flex flex-col gap-3 text-sm">
      <p className="text-muted">{facts.filter(Boolean).join(' · ')}</p>
      <div className="flex flex-wrap items-center gap-2">
        {row.userId ? (
          <>
            <span className="text-muted">{t('signsInAs')}</span>
            <Person name={row.userName ?? row.fullName} />
            {canWrite && (
              <Button size="sm" variant="outline" onPress={() => void link(null)}>
                <LinkSlash />
                {t('unlink')}
              </Button>
            )}
          </>
        ) : (
          <>
            <span className="text-muted">{t('noLogin')}</span>
            {canWrite && (
              <Button size="sm" variant="outline" onPress={() => void choose()}>
                <Link />
                {t('link')}
              </Button>
            )}
          </>
        )}
      </div>
    </div>
  );
}

function LoginDialog(props: { name: string; onAnswer: (userId: string | null) => void }) {
  const t = useTranslations('production.students');
  const c = useTranslations('production.common');
  const find = useFind('/api/v1/users/lookup');
  const [userId, setUserId] = useState<string | null>(null);
  return (
    <FormDialog title={t('linkTitle', { name: props.name })} onClose={() => props.onAnswer(null)}>
      <form
        className="flex flex-col gap-4"
        onSubmit={event => {
          event.preventDefault();
          if (userId !== null) props.onAnswer(userId);
        }}
      >
        <Lookup
          label={t('login')}
          help={t('linkHelp')}
          value={userId}
          onChange={setUserId}
          find={find}
          autoFocus
          required
        />
        <div className="flex justify-end gap-2">
          <Button variant="outline" onPress={() => props.onAnswer(null)}>
            {c('cancel')}
          </Button>
          <Button type="submit" isDisabled={userId === null}>
            {t('link')}
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}
