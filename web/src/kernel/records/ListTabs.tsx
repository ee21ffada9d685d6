import BookmarkIcon from '@heroicons/react/16/solid/BookmarkIcon';
import ChevronDown from '@heroicons/react/16/solid/ChevronDownIcon';
import PencilSquare from '@heroicons/react/16/solid/PencilSquareIcon';
import StarIcon from '@heroicons/react/16/solid/StarIcon';
import Trash from '@heroicons/react/16/solid/TrashIcon';
import { Button } from '@heroui/react/button';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useTranslations } from 'use-intl';
import type { SavedViewRow } from '@/api/types.gen';
import { classes } from '@/ui/classes';
import { bringIntoSight } from '@/ui/inSight';
import { ActionMenu, type MenuAction } from '@/ui/overlays/ActionMenu';
import { useMe } from '../session/useSession';
import type { Noun } from './noun';
import { listAddress, viewOf, viewQuery } from './savedViews';
import { useSavedViews } from './useSavedViews';
import { usePresets, useStandardQuery } from './useStandardView';
import { openViewDialog } from './ViewDialog';

/** Everything, the questions people ask of this list every day, and the views they saved: one click away. */
export function ListTabs({ noun, asking = false }: { noun: Noun; asking?: boolean }) {
  const t = useTranslations('records');
  const ts = useTranslations('savedViews');
  const readOnly = useMe().viewAs !== null;
  const [params, setParams] = useSearchParams();
  const { views: saved, save, change, remove } = useSavedViews(noun);
  const views = saved ?? [];
  const { shape } = noun;
  const current = viewQuery(params, shape);
  const shown = viewOf(views, params, shape);
  const presets = usePresets(noun);
  const standard = useStandardQuery(noun, views);
  if (params.get('trash') === 'true') return null;

  const preset = shown ? undefined : presets.find(one => one.query === current);
  const mine = views.filter(view => view.mine);
  const unsaved = current !== '' && !shown && !preset && !readOnly;
  if (presets.length === 0 && views.length === 0 && !unsaved) return null;

  const open = (query: string) => setParams(query === '' && !standard ? '' : listAddress(query, shape));
  const saveNew = () => void openViewDialog(asked => save({ query: current, ...asked })).then(focusCurrent);
  const saving = (
    <Button size="sm" variant="ghost" className="button--dense flex-none text-muted" onPress={saveNew}>
      <BookmarkIcon />
      {ts('save')}
    </Button>
  );
  const actionsOf = (view: SavedViewRow): MenuAction[] => [
    {
      id: 'change',
      label: ts('change'),
      icon: <PencilSquare />,
      run: () => void openViewDialog(asked => save(asked, view), view),
    },
    {
      id: 'default',
      label: view.isDefault ? ts('notDefault') : ts('makeDefault'),
      icon: <StarIcon />,
      run: () => void change(view, { isDefault: !view.isDefault }),
    },
    { id: 'delete', label: t('delete'), icon: <Trash />, danger: true, run: () => void remove(view) },
  ];

  return (
    <nav className="list-tabs" aria-label={t('presets')}>
      <Tab on={current === '' && !asking} onPress={() => open('')}>
        {t('all')}
      </Tab>
      {presets.map(one => (
        <Tab key={one.name} on={one === preset} onPress={() => open(one.query)}>
          {one.name}
        </Tab>
      ))}
      {views.map(view => (
        <span key={view.id} className="list-tabs__view">
          <Tab
            on={view === shown}
            onPress={() => open(viewQuery(new URLSearchParams(view.query), shape))}
            title={view.mine ? undefined : ts('by', { name: view.owner.fullName })}
          >
            {view.name}
          </Tab>
          {view === shown && view.mine && !readOnly && (
            <ActionMenu label={ts('actions', { name: view.name })} actions={actionsOf(view)}>
              <Button
                isIconOnly
                size="sm"
                variant="ghost"
                className="button--dense text-muted"
                aria-label={ts('actions', { name: view.name })}
              >
                <ChevronDown />
              </Button>
            </ActionMenu>
          )}
        </span>
      ))}
      {unsaved &&
        (mine.length === 0 ? (
          saving
        ) : (
          <ActionMenu
            label={ts('save')}
            actions={[
              { id: 'new', label: ts('saveNew'), run: saveNew },
              ...mine.map(view => ({
                id: view.id,
                label: ts('update', { name: view.name }),
                run: () => void change(view, { query: current }),
              })),
            ]}
          >
            <Button size="sm" variant="ghost" className="button--dense flex-none text-muted">
              <BookmarkIcon />
              {ts('save')}
            </Button>
          </ActionMenu>
        ))}
    </nav>
  );
}

/** The button that saves a view goes with what it saved: the tab of the view takes the focus. */
function focusCurrent() {
  setTimeout(() => {
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('.list-tabs [aria-current=page]')?.focus();
  }, 200);
}

function Tab(props: { on: boolean; onPress: () => void; title?: string | undefined; children: ReactNode }) {
  return (
    <button
      type="button"
      title={props.title}
      ref={props.on ? bringIntoSight : undefined}
      aria-current={props.on ? 'page' : undefined}
      className={classes('list-tabs__item', props.on && 'list-tabs__item--on')}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  );
}
