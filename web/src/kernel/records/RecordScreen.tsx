import Plus from '@heroicons/react/16/solid/PlusIcon';
import { Button } from '@heroui/react/button';
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Outlet, useLocation, useMatch, useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import { useHotkeys } from '@/ui/hotkeys';
import { usePhone } from '@/ui/media';
import { PageBar } from '@/ui/PageBar';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import { listQuery } from '../list/listState';
import { useListState } from '../list/useListState';
import { RequirePage } from '../session/RequirePage';
import { useAccess } from '../session/useSession';
import { BulkBar } from './BulkBar';
import type { RecordRow } from './fields';
import { focusGrid } from './focusGrid';
import { ListTabs } from './ListTabs';
import { ListToolbar } from './ListToolbar';
import type { Noun } from './noun';
import { RecordTable } from './RecordTable';
import { useColumns } from './useColumns';
import { type RecordWindow, useRecordWindow } from './useRecords';
import { useStandardView } from './useStandardView';
import { useWords } from './words';

/** What the panels get from the list they lie on. */
export interface ScreenContext {
  /** A function that opens the neighbour of a record, when the list knows where the record is. */
  step: (id: string) => ((by: 1 | -1) => void) | undefined;
}

/** The screen of a noun: its list in every view, and the panels over it. */
export function RecordScreen({ noun }: { noun: Noun }) {
  return (
    <RequirePage page={noun.page}>
      <Screen key={noun.key} noun={noun} />
    </RequirePage>
  );
}

function Screen({ noun }: { noun: Noun }) {
  const t = useTranslations('records');
  const words = useWords(noun);
  const can = useAccess();
  const phone = usePhone();
  const navigate = useNavigate();
  const { search } = useLocation();
  const [state, change] = useListState(noun.shape);
  const query = useMemo(() => listQuery(state), [state]);
  const openedId = useMatch(`${noun.nav.path}/:id/*`)?.params.id;
  const asking = useStandardView(noun, openedId !== undefined);
  const view = noun.list.views?.find(one => one.key === state.view);
  const rows = useRecordWindow(noun, query, {
    // A view of its own fetches what it shows; of the table it only needs how many there are.
    onlyTotal: view !== undefined && !state.trash,
    enabled: !(asking && noun.list.firstPreset !== undefined),
  });
  const columns = useColumns(noun);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const canWrite = can(noun.page, 'write');

  // A selection belongs to what is listed; with another search nobody sees what is selected.
  const listed = JSON.stringify(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another query clears the selection
  useEffect(() => setSelected(new Set()), [listed]);
  useReturnedFocus(openedId);
  useEffect(() => {
    const timer = setTimeout(() => noun.Heading?.preload?.(), 1_000);
    return () => clearTimeout(timer);
  }, [noun]);

  const open = useCallback(
    (row: RecordRow) => void navigate({ pathname: `${noun.nav.path}/${row.id}`, search }, { preventScrollReset: true }),
    [navigate, noun, search],
  );
  const create = () => void navigate({ pathname: `${noun.nav.path}/new`, search }, { preventScrollReset: true });

  useHotkeys([
    ...(canWrite ? [{ keys: 'c', label: words.create, group: words.many, run: create }] : []),
    {
      keys: '/',
      label: t('search'),
      group: words.many,
      run: () => document.querySelector<HTMLInputElement>('[data-slot=list-search]')?.focus(),
    },
    { keys: 'j', label: t('rowDown'), group: words.many, run: () => void focusGrid() },
    { keys: 'k', label: t('rowUp'), group: words.many, run: () => void focusGrid() },
    { keys: 'Enter', label: t('open'), group: words.many },
    ...(canWrite
      ? [
          { keys: 'x', label: t('select'), group: words.many },
          { keys: 'e', label: t('edit'), group: words.many },
        ]
      : []),
  ]);

  const aim = useRef<Aim | null>(null);
  useEffect(() => {
    if (aim.current?.from !== openedId) aim.current = null;
  }, [openedId]);
  const context: ScreenContext = { step: id => (view ? undefined : neighbour(rows, id, open, aim)) };
  return (
    <>
      <PageBar
        title={state.trash ? `${words.many}: ${t('trash')}` : words.many}
        count={rows.waiting || rows.problem ? '' : t(rows.totalIsExact ? 'count' : 'countAbout', { count: rows.total })}
        tabs={phone ? undefined : <ListTabs noun={noun} asking={asking} />}
      >
        {canWrite && (
          <Button onPress={create} aria-label={words.create}>
            <Plus />
            <span className="max-sm:sr-only">{words.create}</span>
          </Button>
        )}
      </PageBar>
      {phone && <ListTabs noun={noun} asking={asking} />}
      <ListToolbar
        noun={noun}
        state={state}
        change={change}
        columns={columns}
        asking={asking}
        total={rows.waiting || rows.problem || !rows.totalIsExact ? undefined : rows.total}
      />
      <div className="relative min-h-0 flex-1">
        {asking ? (
          <SkeletonRows />
        ) : view &&
          !state.trash &&
          !(view.emptyAsTable && !rows.waiting && !rows.stale && !rows.problem && rows.total === 0) ? (
          <Suspense fallback={<SkeletonRows />}>
            <view.Component
              noun={noun}
              state={state}
              query={query}
              openedId={openedId}
              open={open}
              canWrite={canWrite}
            />
          </Suspense>
        ) : (
          <RecordTable
            noun={noun}
            rows={rows}
            state={state}
            change={change}
            columns={columns}
            openedId={openedId}
            open={open}
            onCreate={canWrite ? create : undefined}
            selection={canWrite ? { ids: selected, change: setSelected } : undefined}
          />
        )}
        {selected.size > 0 && (
          <BulkBar noun={noun} ids={selected} trash={state.trash} onDone={() => setSelected(new Set())} />
        )}
      </div>
      <Suspense fallback={null}>
        <Outlet context={context} />
      </Suspense>
    </>
  );
}

/** Where the steps from a record have led that are not on the screen yet. */
interface Aim {
  from: string;
  at: number;
}

/** Pressed quickly, each step goes on from the last one, whether or not that record is already shown. */
function neighbour(rows: RecordWindow, id: string, open: (row: RecordRow) => void, aim: { current: Aim | null }) {
  let at = -1;
  const known = Math.min(rows.total, 5_000);
  for (let index = 0; index < known && at < 0; index++) if (rows.rowAt(index)?.id === id) at = index;
  if (at < 0) return undefined;
  return (by: 1 | -1) => {
    const to = (aim.current?.from === id ? aim.current.at : at) + by;
    const next = rows.rowAt(to);
    if (!next) return;
    aim.current = { from: id, at: to };
    open(next);
  };
}

/** A panel opened by its address had no button to give the focus back to: the list takes it. */
function useReturnedFocus(openedId: string | undefined) {
  const before = useRef(openedId);
  useEffect(() => {
    const closed = before.current !== undefined && openedId === undefined;
    before.current = openedId;
    if (!closed) return;
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) focusGrid();
    }, 200);
    return () => clearTimeout(timer);
  }, [openedId]);
}
