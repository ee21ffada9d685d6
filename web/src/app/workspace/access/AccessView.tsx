import ArrowTopRight from '@heroicons/react/16/solid/ArrowTopRightOnSquareIcon';
import ArrowUturnLeft from '@heroicons/react/16/solid/ArrowUturnLeftIcon';
import EllipsisHorizontal from '@heroicons/react/16/solid/EllipsisHorizontalIcon';
import Eye from '@heroicons/react/16/solid/EyeIcon';
import { Button } from '@heroui/react/button';
import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { AccessPages, AccessRow, RecordPageOfAccessRow, UserRow } from '@/api/types.gen';
import type { Problem } from '@/kernel/http/problem';
import { queryClient } from '@/kernel/query';
import type { ListViewProps } from '@/kernel/records/noun';
import { useMe } from '@/kernel/session/useSession';
import { AccessMatrix, type HeadProps } from '@/ui/matrix/AccessMatrix';
import type { MatrixRow } from '@/ui/matrix/cell';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import { Avatar } from '@/ui/parts/Avatar';
import { EmptyState } from '@/ui/parts/EmptyState';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import { CellDetails } from './CellDetails';
import { accessKeys, readPages, readRows, viewAs } from './calls';
import { Legend } from './Legend';
import { resetRow } from './resetRow';
import { cellKey, useWishes } from './useWishes';
import { drawnCell, exceptionsOf, wishFor, withWishes } from './wish';

const pageSize = 100;

/** The list of people as who may open what: each cell a page of a person, set by one key. */
export default function AccessView({ state, open, canWrite }: ListViewProps<UserRow>) {
  const t = useTranslations('people');
  const role = state.filters.role ?? '';
  // The matrix endpoint knows one role; several, and whether somebody is active, are sorted out here.
  const query = useMemo(
    () => ({ search: state.search.trim(), role: role.includes(',') ? '' : role }),
    [state.search, role],
  );
  const pages = useQuery<AccessPages, Problem>({
    queryKey: accessKeys.pages,
    queryFn: ({ signal }) => readPages(signal),
    staleTime: 300_000,
  });
  const people = useInfiniteQuery<
    RecordPageOfAccessRow,
    Problem,
    InfiniteData<RecordPageOfAccessRow>,
    readonly unknown[],
    number
  >({
    queryKey: accessKeys.rows(query),
    queryFn: ({ signal, pageParam }) => readRows({ ...query, page: pageParam, limit: pageSize }, signal),
    initialPageParam: 1,
    getNextPageParam: last => (last.page * last.limit < last.total ? last.page + 1 : undefined),
    placeholderData: keepPreviousData,
  });

  const problem = pages.error ?? people.error;
  if (!pages.data || !people.data) {
    if (!problem) return <SkeletonRows />;
    return (
      <ErrorState
        title={t('accessFailed')}
        sentence={problem.message}
        traceId={problem.traceId}
        onRetry={() => {
          void pages.refetch();
          void people.refetch();
        }}
      />
    );
  }
  const wanted = role.split(',').filter(Boolean);
  const rows = people.data.pages
    .flatMap(page => page.items)
    .filter(row => wanted.length === 0 || wanted.includes(row.role))
    .filter(row => state.filters.active === undefined || String(row.active) === state.filters.active);
  if (rows.length === 0) return <EmptyState title={t('nobody')} sentence={t('nobodySentence')} />;
  return (
    <div className="flex h-full flex-col">
      <Matrix pages={pages.data} rows={rows} canWrite={canWrite} openPerson={id => open({ id } as UserRow)} />
      {people.hasNextPage && (
        <div className="flex-none border-border border-t p-2 text-center">
          <Button
            size="sm"
            variant="outline"
            isPending={people.isFetchingNextPage}
            onPress={() => void people.fetchNextPage()}
          >
            {t('showMore')}
          </Button>
        </div>
      )}
      <Legend canWrite={canWrite} />
    </div>
  );
}

/** Puts the server's answer about one person into every list of the matrix. */
function showRow(row: AccessRow) {
  queryClient.setQueriesData<InfiniteData<RecordPageOfAccessRow>>(
    { queryKey: [...accessKeys.all, 'rows'] },
    data =>
      data && {
        ...data,
        pages: data.pages.map(page => ({ ...page, items: page.items.map(one => (one.id === row.id ? row : one)) })),
      },
  );
  void queryClient.invalidateQueries({ queryKey: accessKeys.one(row.id) });
}

function Matrix(props: {
  pages: AccessPages;
  rows: readonly AccessRow[];
  canWrite: boolean;
  openPerson: (id: string) => void;
}) {
  const t = useTranslations('people');
  const me = useMe();
  const { pages, canWrite } = props;
  const { pending, refusals, wish } = useWishes(showRow);
  const columns = useMemo(() => pages.pages.map(page => ({ id: page.key, name: page.name })), [pages]);
  const roleName = (key: string) => pages.roles.find(role => role.key === key)?.name ?? key;

  const shown = new Map(props.rows.map(row => [row.id, withWishes(row, pending)]));
  const drawn = useDrawnRows(
    [...shown.values()],
    pending.map(one => cellKey(one.userId, one.page)),
    refusals,
  );

  // The heads are drawn by a stable function, so that a press in one row redraws that row alone.
  const latest = useRef({ shown, roleName, ...props });
  latest.current = { shown, roleName, ...props };
  const head = useCallback(
    (id: string, headProps: HeadProps) => {
      const row = latest.current.shown.get(id);
      if (!row) return null;
      const exceptions = exceptionsOf(row).length;
      const actions = [
        { id: 'open', label: t('openPerson'), icon: <ArrowTopRight />, run: () => latest.current.openPerson(id) },
        ...(canWrite && row.active && id !== me.user.id
          ? [{ id: 'view', label: t('viewAs', { name: row.fullName }), icon: <Eye />, run: () => void viewAs(id) }]
          : []),
        ...(canWrite && exceptions > 0
          ? [
              {
                id: 'reset',
                label: t('resetCount', { count: exceptions }),
                icon: <ArrowUturnLeft />,
                run: () => void resetRow(row, t, showRow),
              },
            ]
          : []),
      ];
      return (
        <ActionMenu label={row.fullName} actions={actions}>
          <Button variant="ghost" className="matrix__person button--dense" {...headProps}>
            <Avatar name={row.fullName} size={24} />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium leading-[18px]">{row.fullName}</span>
              <span className="block truncate text-muted text-xs font-normal">
                {latest.current.roleName(row.role)}
                {row.active ? '' : ` · ${t('inactive')}`}
                {exceptions > 0 && ` · ${t('exceptions', { count: exceptions })}`}
              </span>
            </span>
            <EllipsisHorizontal className="matrix__person-more flex-none text-muted" />
          </Button>
        </ActionMenu>
      );
    },
    [canWrite, me.user.id, t],
  );

  const set = (id: string, page: string, what: Parameters<typeof wish>[3]) => {
    const row = shown.get(id);
    if (row) wish(row, page, columns.find(column => column.id === page)?.name ?? page, what);
  };
  return (
    <AccessMatrix
      label={t('matrix')}
      rowsLabel={t('person')}
      rows={drawn}
      columns={columns}
      head={head}
      onSet={canWrite ? (id, page, setting) => set(id, page, wishFor(setting)) : undefined}
      details={(id, page) => {
        const row = shown.get(id);
        const cell = row?.cells[page];
        if (!row || !cell) return null;
        return (
          <CellDetails
            key={`${id}/${page}/${cell.access}/${cell.reason}/${cell.expiresAt}`}
            userId={id}
            page={page}
            cell={cell}
            {...(canWrite ? { onSet: what => set(id, page, what) } : {})}
          />
        );
      }}
    />
  );
}

/** Rows as the matrix draws them; a row stays the same object until something in it changes. */
function useDrawnRows(
  rows: readonly AccessRow[],
  pending: readonly string[],
  refusals: ReadonlyMap<string, string>,
): readonly MatrixRow[] {
  const drawn = useRef(new Map<string, { state: string; row: MatrixRow }>());
  return rows.map(row => {
    const cells = Object.fromEntries(
      Object.entries(row.cells).map(([page, cell]) => {
        const key = cellKey(row.id, page);
        return [page, { ...drawnCell(cell), pending: pending.includes(key), refused: refusals.get(key) }];
      }),
    );
    const state = JSON.stringify([row.fullName, row.role, row.active, cells]);
    const before = drawn.current.get(row.id);
    if (before?.state === state) return before.row;
    const next = { id: row.id, name: row.fullName, cells };
    drawn.current.set(row.id, { state, row: next });
    return next;
  });
}
