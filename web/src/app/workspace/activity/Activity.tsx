import ArrowDownTray from '@heroicons/react/16/solid/ArrowDownTrayIcon';
import ShieldCheck from '@heroicons/react/16/solid/ShieldCheckIcon';
import ClockIcon from '@heroicons/react/20/solid/ClockIcon';
import { Button } from '@heroui/react/button';
import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { use, useMemo } from 'react';
import { useLocale, useNow, useTimeZone, useTranslations } from 'use-intl';
import { isProblem, type Problem } from '@/kernel/http/problem';
import { useListState } from '@/kernel/list/useListState';
import { LoadedModules } from '@/kernel/loadedModules';
import { ListToolbar } from '@/kernel/records/ListToolbar';
import { useNames } from '@/kernel/records/lookups';
import { useMe } from '@/kernel/session/useSession';
import { useHotkeys } from '@/ui/hotkeys';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import { ask } from '@/ui/overlays/ask';
import { notify, warn } from '@/ui/overlays/notify';
import { PageBar } from '@/ui/PageBar';
import { EmptyState } from '@/ui/parts/EmptyState';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import { type AuditPage, auditKeys, exportAudit, readActions, readAudit } from './audit';
import { auditNoun } from './auditNoun';
import { Entry } from './Entry';
import { type AuditRow, byDay } from './trail';
import { VerifyDialog } from './VerifyDialog';

/** Who did what, when and why, as far as the server lets the person see. */
export default function Activity() {
  const t = useTranslations('activity');
  const me = useMe();
  const zone = useTimeZone() ?? 'UTC';
  const locale = useLocale();
  const now = useNow().getTime();
  // The others see their own actions alone: nobody to choose, and no chain to check.
  const seesOthers = me.user.role === 'admin' || me.user.role === 'manager';
  const modules = use(LoadedModules);
  const nouns = useMemo(() => modules.flatMap(module => module.nouns), [modules]);
  const actions = useQuery({
    queryKey: auditKeys.actions,
    queryFn: ({ signal }) => readActions(signal),
    staleTime: 60_000,
  });
  const noun = useMemo(
    () => auditNoun(t, actions.data?.items ?? [], nouns, seesOthers),
    [t, actions.data, nouns, seesOthers],
  );
  const [state, change] = useListState(noun.shape);
  const query = useMemo(
    () => ({ ...state.filters, ...(state.search.trim() === '' ? {} : { search: state.search.trim() }) }),
    [state.filters, state.search],
  );
  const trail = useInfiniteQuery<AuditPage, Problem, InfiniteData<AuditPage>, readonly unknown[], string>({
    queryKey: auditKeys.rows(query),
    queryFn: ({ signal, pageParam }) => readAudit(query, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: last => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

  useHotkeys([
    {
      keys: '/',
      label: t('search'),
      group: t('title'),
      run: () => document.querySelector<HTMLInputElement>('[data-slot=list-search]')?.focus(),
    },
  ]);

  async function save(format: 'csv' | 'json') {
    try {
      await exportAudit(query, format);
      notify(t('exported'));
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(t('exportFailed'), error.message);
    }
  }

  const first = trail.data?.pages[0];
  const rows = trail.data?.pages.flatMap(page => page.items) ?? [];
  const people = usePeople(rows);
  const narrowed = Object.keys(query).length > 0;
  return (
    <>
      <PageBar
        title={t('title')}
        count={first && t(first.totalIsExact ? 'count' : 'countMore', { count: first.total })}
      >
        {seesOthers && (
          <Button
            variant="outline"
            aria-label={t('verify')}
            onPress={() => void ask<true>(answer => <VerifyDialog onClose={() => answer(null)} />)}
          >
            <ShieldCheck />
            <span className="max-sm:sr-only">{t('verify')}</span>
          </Button>
        )}
        <ActionMenu
          label={t('export')}
          actions={(['csv', 'json'] as const).map(format => ({
            id: format,
            label: t(`formats.${format}`),
            run: () => void save(format),
          }))}
        >
          <Button variant="outline" aria-label={t('export')}>
            <ArrowDownTray />
            <span className="max-sm:sr-only">{t('export')}</span>
          </Button>
        </ActionMenu>
      </PageBar>
      <ListToolbar noun={noun} state={state} change={change} />
      {trail.data === undefined ? (
        trail.error ? (
          <ErrorState
            title={t('failed')}
            sentence={trail.error.message}
            traceId={trail.error.traceId}
            onRetry={() => void trail.refetch()}
          />
        ) : (
          <SkeletonRows />
        )
      ) : rows.length === 0 ? (
        <EmptyState
          icon={<ClockIcon />}
          title={t(narrowed ? 'noMatch' : 'empty')}
          sentence={t(narrowed ? 'noMatchSentence' : 'emptySentence')}
        >
          {narrowed && (
            <Button variant="outline" onPress={() => change({ filters: {}, search: '' })}>
              {t('clear')}
            </Button>
          )}
        </EmptyState>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard
        <section className="trail" aria-label={t('title')} aria-busy={trail.isPlaceholderData} tabIndex={0}>
          {byDay(rows, now, zone, locale).map(day => (
            <section key={day.name} aria-label={day.name}>
              <h2 className="trail__day">{day.name}</h2>
              <ul>
                {day.rows.map(row => (
                  <Entry key={row.id} row={row} nouns={nouns} person={people.get(row.targetUserId ?? '')} />
                ))}
              </ul>
            </section>
          ))}
          {trail.hasNextPage && (
            <div className="p-3 text-center">
              <Button variant="outline" isPending={trail.isFetchingNextPage} onPress={() => void trail.fetchNextPage()}>
                {t('older')}
              </Button>
            </div>
          )}
        </section>
      )}
    </>
  );
}

/** Names of those whose permissions were changed: the feed calls such a change by its page. */
function usePeople(rows: readonly AuditRow[]): ReadonlyMap<string, string> {
  const changed = rows.flatMap(row => (row.target === 'permission' && row.targetUserId ? [row.targetUserId] : []));
  return useNames('/api/v1/users/lookup', [...new Set(changed)].sort());
}
