import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useExchangeNouns } from '@/kernel/exchange/useExchange';
import { isProblem } from '@/kernel/http/problem';
import { Cards } from '@/ui/fields/Cards';
import { CheckList } from '@/ui/fields/CheckList';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { notify } from '@/ui/overlays/notify';
import { backUp } from './api';
import type { BackupFormat } from './contract';
import { useNounName } from './words';

export const formats: readonly BackupFormat[] = ['json', 'csv', 'xlsx', 'sql'];

/** Asks in which forms to back up, and how much. */
export function BackUpDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('backup');
  const nameOf = useNounName();
  const { data } = useExchangeNouns();
  const [chosen, setChosen] = useState<string[]>([]);
  const [scope, setScope] = useState('all');
  const [nouns, setNouns] = useState<string[]>([]);
  const [told, setTold] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const [failure, setFailure] = useState<string>();
  const noNoun = scope === 'some' && nouns.length === 0 ? t('chooseNoun') : undefined;

  async function start() {
    setTold(true);
    if (noNoun) return;
    setWaiting(true);
    setFailure(undefined);
    try {
      await backUp(chosen as BackupFormat[], scope === 'all' ? null : nouns);
      notify(t('begun'));
      onClose();
    } catch (error) {
      if (!isProblem(error)) throw error;
      setFailure(error.sentence);
    } finally {
      setWaiting(false);
    }
  }

  return (
    <FormDialog title={t('backUpNow')} onClose={onClose}>
      <form
        className="flex flex-col gap-5"
        onSubmit={event => {
          event.preventDefault();
          void start();
        }}
      >
        <CheckList
          label={t('formats')}
          options={formats.map(id => ({ id, name: t(`formatNames.${id}`), hint: t(`formatNotes.${id}`) }))}
          value={chosen}
          onChange={setChosen}
          help={t('formatsHelp')}
        />
        <Cards
          label={t('scope')}
          value={scope}
          onChange={setScope}
          options={[
            { id: 'all', name: t('scopes.all'), sentence: t('scopeNotes.all') },
            { id: 'some', name: t('scopes.some') },
          ]}
        />
        {scope === 'some' && (
          <CheckList
            label={t('lists')}
            options={(data?.items ?? []).map(({ noun }) => ({ id: noun, name: nameOf(noun) }))}
            value={nouns}
            onChange={setNouns}
            error={told ? noNoun : undefined}
          />
        )}
        <div role="alert">{failure && <p className="text-danger text-sm">{failure}</p>}</div>
        <div className="flex justify-end gap-2">
          <Button variant="outline" onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" isPending={waiting}>
            {t('backUp')}
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}
