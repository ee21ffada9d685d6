import ArrowUturnLeft from '@heroicons/react/16/solid/ArrowUturnLeftIcon';
import PencilSquare from '@heroicons/react/16/solid/PencilSquareIcon';
import Trash from '@heroicons/react/16/solid/TrashIcon';
import { Button } from '@heroui/react/button';
import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import type { GridColumn } from '@/ui/grid/columns';
import { DataGrid } from '@/ui/grid/DataGrid';
import { ActionMenu, type MenuAction } from '@/ui/overlays/ActionMenu';
import { EmptyState } from '@/ui/parts/EmptyState';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import { importPath } from '../exchange/names';
import { useExchange } from '../exchange/useExchange';
import { type ListState, nextSort } from '../list/listState';
import type { ChangeList } from '../list/useListState';
import { useAccess } from '../session/useSession';
import { FieldValue } from './FieldValue';
import type { RecordRow } from './fields';
import { fieldOf, type Noun } from './noun';
import { RatingCell } from './RatingCell';
import type { ColumnChoice } from './useColumns';
import { type RecordWindow, useAnyRecord } from './useRecords';
import { useVerbs } from './useVerbs';
import { fieldWord, useWords } from './words';

/** The table of a noun, and what stands there when it has no rows. */
export function RecordTable(props: {
  noun: Noun;
  rows: RecordWindow;
  state: ListState;
  change: ChangeList;
  columns: ColumnChoice;
  openedId: string | undefined;
  open: (row: RecordRow) => void;
  onCreate: (() => void) | undefined;
  selection: { ids: ReadonlySet<string>; change: (ids: ReadonlySet<string>) => void } | undefined;
}) {
  const { noun, rows, state, change } = props;
  const t = useTranslations('records');
  const words = useWords(noun);
  const columns = useGridColumns(noun, props.columns.visible);
  const menu = useRowMenu(noun, state.trash);
  const { search } = useLocation();
  const href = useCallback((row: RecordRow) => `${noun.nav.path}/${row.id}${search}`, [noun, search]);
  const onSort = useCallback((field: string) => change({ sort: nextSort(state.sort, field) }), [change, state.sort]);
  const onKey = useRowKeys(noun);
  const exchange = useExchange(noun);
  const navigate = useNavigate();
  const narrowed = state.search.trim() !== '' || Object.keys(state.filters).length > 0;
  const nothing = !rows.waiting && rows.problem === null && rows.total === 0;
  const any = useAnyRecord(noun, nothing && narrowed && !state.trash);

  if (rows.problem) {
    const { problem } = rows;
    return (
      <ErrorState title={t('loadFailed')} sentence={problem.message} traceId={problem.traceId} onRetry={rows.retry} />
    );
  }
  if (rows.waiting) return <SkeletonRows />;
  if (rows.total === 0) {
    if (narrowed && !state.trash && any === undefined) return <SkeletonRows />;
    if (narrowed && any !== false) {
      return (
        <EmptyState title={t('noMatch')} sentence={t('noMatchSentence')}>
          <Button variant="outline" onPress={() => change({ search: '', filters: {} })}>
            {t('allOf')}
          </Button>
        </EmptyState>
      );
    }
    if (state.trash) {
      return (
        <EmptyState icon={<Trash />} title={t('emptyTrash')} sentence={t('emptyTrashSentence')}>
          <Button variant="outline" onPress={() => change({ trash: false })}>
            {t('leaveTrash')}
          </Button>
        </EmptyState>
      );
    }
    return (
      <EmptyState
        icon={<noun.nav.icon />}
        title={t('noneYet', { many: words.many.toLowerCase() })}
        sentence={words.purpose}
      >
        {props.onCreate && <Button onPress={props.onCreate}>{words.create}</Button>}
        {props.onCreate && exchange?.canImport && (
          <Button variant="outline" onPress={() => void navigate(importPath(noun))}>
            {t('import')}
          </Button>
        )}
      </EmptyState>
    );
  }
  return (
    <DataGrid
      label={words.many}
      columns={columns}
      rowCount={rows.total}
      rowAt={rows.rowAt}
      rowId={rowId}
      rowName={noun.title}
      href={href}
      onOpen={props.open}
      onRange={rows.onRange}
      sort={state.sort[0]}
      onSort={onSort}
      {...(props.selection ? { selection: props.selection } : {})}
      openedId={props.openedId}
      menu={menu}
      onKey={onKey}
      dense={props.columns.dense}
    />
  );
}

const rowId = (row: RecordRow) => row.id;

function useGridColumns(noun: Noun, visible: ReadonlySet<string>): GridColumn<RecordRow>[] {
  const words = useWords(noun);
  return useMemo(() => {
    const { phone, sorts } = noun.list;
    const place = (id: string) => (phone.aside === id ? 'aside' : phone.meta.includes(id) ? 'meta' : undefined);
    return noun.list.columns
      .map((column): GridColumn<RecordRow> => {
        const own = typeof column !== 'string';
        const id = own ? column.id : column;
        const field = own ? undefined : fieldOf(noun, column);
        const width = own ? column.width : field?.width;
        const sort = own ? column.sort : sorts.includes(id) ? id : undefined;
        const align = own ? column.align : field?.kind === 'number' ? 'end' : undefined;
        const on = place(id);
        return {
          id,
          header: fieldWord(words, id),
          cell: own
            ? column.cell
            : field?.kind === 'rating'
              ? row => <RatingCell noun={noun} name={id} field={field} row={row} />
              : row => <FieldValue noun={noun} name={id} value={row[id]} row={row} />,
          ...(width === undefined ? {} : { width }),
          ...(field !== undefined && ['text', 'tags', 'lookup', 'lookups'].includes(field.kind)
            ? { givesWay: true }
            : {}),
          ...(sort === undefined ? {} : { sort }),
          ...(align === undefined ? {} : { align }),
          ...(on === undefined ? {} : { phone: on }),
          ...(field?.kind === 'flag' ? { phoneCell: row => (row[id] ? fieldWord(words, id) : null) } : {}),
        };
      })
      .filter((column, index) => index === 0 || visible.has(column.id) || column.phone !== undefined);
  }, [noun, words, visible]);
}

function useRowMenu(noun: Noun, trash: boolean) {
  const t = useTranslations('records');
  const words = useWords(noun);
  const verbs = useVerbs(noun);
  const can = useAccess();
  const navigate = useNavigate();
  const { search } = useLocation();
  const canWrite = can(noun.page, 'write');
  return useCallback(
    (row: RecordRow) => {
      if (!canWrite) return null;
      const actions: MenuAction[] = trash
        ? [{ id: 'restore', label: t('restore'), icon: <ArrowUturnLeft />, run: () => void verbs.restore(row) }]
        : [
            {
              id: 'edit',
              label: t('edit'),
              icon: <PencilSquare />,
              run: () => void navigate({ pathname: `${noun.nav.path}/${row.id}/edit`, search }),
            },
            ...(noun.verbs ?? [])
              .filter(verb => verb.when?.(row) ?? true)
              .map(verb => ({
                id: verb.id,
                label: words.verbs?.[verb.id] ?? verb.id,
                icon: <verb.icon />,
                danger: verb.danger ?? false,
                run: () =>
                  void verbs.run(
                    () => verb.run(row),
                    t('verbFailed', { verb: words.verbs?.[verb.id] ?? verb.id }),
                    words.done?.[verb.id],
                  ),
              })),
            { id: 'delete', label: t('delete'), icon: <Trash />, danger: true, run: () => void verbs.remove(row) },
          ];
      return <ActionMenu label={`${t('actions')}: ${noun.title(row)}`} actions={actions} quiet />;
    },
    [noun, trash, canWrite, verbs, words, navigate, search, t],
  );
}

/** `e` edits and Delete removes the row the grid points at. */
function useRowKeys(noun: Noun) {
  const can = useAccess();
  const verbs = useVerbs(noun);
  const navigate = useNavigate();
  const { search } = useLocation();
  const canWrite = can(noun.page, 'write');
  return useCallback(
    (key: string, row: RecordRow) => {
      if (!canWrite || row.deletedAt) return false;
      if (key === 'e') void navigate({ pathname: `${noun.nav.path}/${row.id}/edit`, search });
      else if (key === 'Delete') void verbs.remove(row);
      else return false;
      return true;
    },
    [canWrite, navigate, noun, search, verbs],
  );
}
