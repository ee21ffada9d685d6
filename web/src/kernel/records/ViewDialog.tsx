import { Button } from '@heroui/react/button';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { SavedViewInput, SavedViewRow } from '@/api/types.gen';
import { TextInput } from '@/ui/fields/TextInput';
import { Toggle } from '@/ui/fields/Toggle';
import { ask } from '@/ui/overlays/ask';
import { FormDialog } from '@/ui/overlays/FormDialog';
import type { Problem } from '../http/problem';

type Save = (change: Partial<SavedViewInput>) => Promise<Problem | null>;

/** Asks for a view's name and who sees it; of one that is there, or of a new one. */
export function openViewDialog(save: Save, before?: SavedViewRow): Promise<true | null> {
  return ask<true>(answer => <ViewDialog save={save} before={before} onDone={answer} />);
}

function ViewDialog(props: { save: Save; before: SavedViewRow | undefined; onDone: (saved: true | null) => void }) {
  const t = useTranslations('savedViews');
  const tr = useTranslations('records');
  const { before } = props;
  const [name, setName] = useState<string | null>(before?.name ?? null);
  const [everybody, setEverybody] = useState(before?.sharing === 'tenant');
  const [isDefault, setDefault] = useState(before?.isDefault ?? false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    if (!name?.trim()) return setError(t('needsName'));
    setPending(true);
    // A view shared with one role stays so until somebody says otherwise.
    const untouched = before?.sharing === 'role' && !everybody;
    const sharing = untouched ? {} : { sharing: everybody ? ('tenant' as const) : ('private' as const), role: null };
    const problem = await props.save({ name: name.trim(), isDefault, ...sharing });
    setPending(false);
    if (problem) setError(problem.errors.name?.[0] ?? problem.message);
    else props.onDone(true);
  }

  return (
    <FormDialog title={before ? t('change') : t('save')} onClose={() => props.onDone(null)}>
      <form className="flex flex-col gap-4" noValidate onSubmit={event => void submit(event)}>
        <TextInput
          label={t('name')}
          value={name}
          onChange={text => {
            setName(text);
            setError(undefined);
          }}
          required
          autoFocus
          maxLength={100}
          error={error}
        />
        <Toggle label={t('everybody')} help={t('everybodyHelp')} value={everybody} onChange={setEverybody} />
        <Toggle label={t('default')} help={t('defaultHelp')} value={isDefault} onChange={setDefault} />
        <div className="flex justify-end gap-2">
          <Button variant="outline" onPress={() => props.onDone(null)}>
            {tr('cancel')}
          </Button>
          <Button type="submit" isPending={pending}>
            {before ? tr('save') : t('save')}
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}
