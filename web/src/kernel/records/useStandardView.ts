import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { SavedViewRow } from '@/api/types.gen';
import { useDayZone } from '@/ui/workDay';
import { parseSort, readListState, writeListState } from '../list/listState';
import type { Noun } from './noun';
import { viewQuery } from './savedViews';
import { useSavedViews } from './useSavedViews';
import { useWords } from './words';

/** The questions people ask of this list every day, with their part of the address. */
export function usePresets(noun: Noun) {
  const words = useWords(noun);
  const zones = { mine: useDayZone(false), workspace: useDayZone(true) };
  const { shape } = noun;
  return (noun.list.presets ?? []).map(preset => {
    const state = readListState(new URLSearchParams(), shape);
    const sort = preset.sort === undefined ? state.sort : parseSort(preset.sort, shape.sorts);
    return {
      key: preset.key,
      name: words.presets?.[preset.key] ?? preset.key,
      query: viewQuery(writeListState({ ...state, filters: preset.filters(zones), sort }, shape), shape),
    };
  });
}

/** What somebody who comes to the bare list sees: their default view, else the noun's first preset, else everything. */
export function useStandardQuery(noun: Noun, views: readonly SavedViewRow[]): string | undefined {
  const presets = usePresets(noun);
  const own = views.find(view => view.mine && view.isDefault);
  return own?.query ?? presets.find(one => one.key === noun.list.firstPreset)?.query;
}

/**
 * Leads from the bare address to the standard view, once. True while it is not known yet which that is: nothing is shown
 * until then, lest the list first shows everything and then jumps.
 */
export function useStandardView(noun: Noun, panelOpen: boolean): boolean {
  const [params, setParams] = useSearchParams();
  const { views, failed } = useSavedViews(noun);
  const standard = useStandardQuery(noun, views ?? []);
  const bare = params.size === 0 && !panelOpen;
  const [asking, setAsking] = useState(bare);
  const known = views !== undefined || failed;
  if (asking && (!bare || (known && !standard))) setAsking(false);
  const show = asking && known ? standard : undefined;
  useEffect(() => {
    if (show) setParams(show, { replace: true });
  }, [show, setParams]);
  return asking;
}
