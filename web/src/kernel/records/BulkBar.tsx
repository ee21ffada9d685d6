import PencilSquare from '@heroicons/react/16/solid/PencilSquareIcon';
import XMark from '@heroicons/react/16/solid/XMarkIcon';
import { Button } from '@heroui/react/button';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { BulkResult } from '@/api/types.gen';
import { useHotkeys } from '@/ui/hotkeys';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import { confirm } from '@/ui/overlays/ask';
import { askOne } from '@/ui/overlays/askOne';
import { notify, warn } from '@/ui/overlays/notify';
import { StateDot } from '@/ui/parts/StateDot';
import { isProblem } from '../http/problem';
import { bulk, undoBulk } from './changes';
import { focusGrid } from './focusGrid';
import { fieldOf, type Noun } from './noun';
import { fieldWord, useWords, valueWord } from './words';

/** What can be done with all selected rows at once. */
export function BulkBar(props: { noun: Noun; ids: ReadonlySet<string>; trash: boolean; onDone: () => void }) {
  const { noun } = props;
  const t = useTranslations('records');
  const words = useWords(noun);
  const [done, setDone] = useState<number | null>(null);
  const ids = [...props.ids];
  const settable = props.trash
    ? []
    : noun.form.fields.filter(name => {
        const field = fieldOf(noun, name);
        return (
          (field?.kind === 'choice' || field?.kind === 'flag') &&
          !field.readOnly &&
          !field.once &&
          !noun.form.unseen?.includes(name)
        );
      });

  const bar = useRef<HTMLDivElement>(null);
  useHotkeys([
    {
      keys: 'b',
      label: t('toSelected'),
      group: words.many,
      run: () => bar.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus(),
    },
    { keys: 'Escape', label: t('clearSelection'), group: words.many, run: props.onDone },
  ]);
  // The bar goes with the selection: who was in it is back in the list.
  useLayoutEffect(() => {
    const own = bar.current;
    return () => {
      if (own?.contains(document.activeElement)) setTimeout(focusGrid);
    };
  }, []);

  const run = (action: 'update' | 'delete' | 'restore', change?: Record<string, unknown>) =>
    work(() => {
      setDone(0);
      return bulk(noun, action, ids, change, setDone);
    }, action);

  /** A verb that asks first is not at work yet: its button stays, and the focus comes back to it when nothing is to be done. */
  async function work(start: () => Promise<BulkResult | null>, action: string) {
    try {
      const result = await start();
      if (result === null) return;
      report(result, action);
      props.onDone();
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(t('bulkFailed', { count: ids.length }), error.message);
    } finally {
      setDone(null);
    }
  }

  function report(result: BulkResult, action: string) {
    const { succeeded, failed, changes } = result;
    const back =
      action === 'delete' && succeeded.length > 0
        ? () => bulk(noun, 'restore', succeeded)
        : changes?.length
          ? () => undoBulk(noun, changes)
          : undefined;
    const undo = back && { label: t('undo'), run: () => void takeBack(back, succeeded.length) };
    if (succeeded.length > 0) notify(t('bulkDone', { count: succeeded.length }), undo);
    if (failed.length > 0) warn(t('bulkFailed', { count: failed.length }), failed[0]?.detail);
  }

  async function takeBack(back: () => Promise<BulkResult>, count: number) {
    try {
      const { succeeded, failed } = await back();
      if (succeeded.length > 0) notify(t('bulkUndone', { count: succeeded.length }));
      if (failed.length > 0) warn(t('bulkLeft', { count: failed.length }), failed[0]?.detail);
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(t('bulkLeft', { count }), error.message);
    }
  }

  async function remove() {
    const yes = await confirm({
      title: t('bulkDelete', { count: ids.length }),
      sentence: t('bulkDeleteSentence', { count: ids.length }),
      action: t('delete'),
      danger: true,
    });
    if (yes) await run('delete');
  }

  const own = props.trash
    ? []
    : (noun.bulk ?? []).map(verb => ({
        id: verb.id,
        label: words.verbs?.[verb.id] ?? verb.id,
        icon: <verb.icon />,
        run: () => void work(() => verb.run(ids, setDone), verb.id),
      }));

  /** What a field can be set to, as a menu shows it. */
  function valuesOf(name: string) {
    const field = fieldOf(noun, name);
    if (field?.kind !== 'choice') return ['true', 'false'].map(id => ({ id, label: t(id === 'true' ? 'yes' : 'no') }));
    return Object.entries(field.options).map(([id, tone]) => ({
      id,
      label: valueWord(words, name, id),
      ...(tone ? { icon: <StateDot tone={tone}>{''}</StateDot> } : {}),
    }));
  }

  const set = (name: string, value: string) =>
    run('update', { [name]: fieldOf(noun, name)?.kind === 'flag' ? value === 'true' : value });

  /** On a phone the fields share one menu, and each asks for its value. */
  function chosenFirst(name: string) {
    const title = t('bulkSet', { field: fieldWord(words, name) });
    return {
      id: `set-${name}`,
      label: title,
      icon: <PencilSquare />,
      run: () =>
        void askOne(title, valuesOf(name)).then(value => {
          if (value !== null) return set(name, value);
        }),
    };
  }

  return (
    <div ref={bar} className="bulk-bar" role="toolbar" aria-label={t('selected', { count: ids.length })}>
      <span role="status" className="ps-1 pe-2 tabular-nums">
        {done === null ? t('selected', { count: ids.length }) : t('bulkProgress', { done, total: ids.length })}
      </span>
      {own.map(verb => (
        <Button
          key={verb.id}
          size="sm"
          variant="outline"
          isDisabled={done !== null}
          className="max-sm:hidden"
          onPress={verb.run}
        >
          {verb.icon}
          {verb.label}
        </Button>
      ))}
      {settable.map(name => (
        <ActionMenu
          key={name}
          label={t('bulkSet', { field: fieldWord(words, name) })}
          actions={valuesOf(name).map(value => ({ ...value, run: () => void set(name, value.id) }))}
        >
          <Button size="sm" variant="outline" isDisabled={done !== null} className="max-sm:hidden">
            {fieldWord(words, name)}
          </Button>
        </ActionMenu>
      ))}
      {own.length + settable.length > 0 && done === null && (
        <span className="sm:hidden">
          <ActionMenu label={t('actions')} actions={[...own, ...settable.map(chosenFirst)]} />
        </span>
      )}
      {props.trash ? (
        <Button size="sm" variant="outline" isDisabled={done !== null} onPress={() => void run('restore')}>
          {t('restore')}
        </Button>
      ) : (
        <Button
          size="sm"
          variant="outline"
          className="text-danger"
          isDisabled={done !== null}
          onPress={() => void remove()}
        >
          {t('delete')}
        </Button>
      )}
      <Button isIconOnly size="sm" variant="ghost" aria-label={t('clearSelection')} onPress={props.onDone}>
        <XMark />
      </Button>
    </div>
  );
}
