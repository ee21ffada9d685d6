import { use, useCallback } from 'react';
import { useLocale, useNow, useTimeZone, useTranslations } from 'use-intl';
import { nounOfExchange } from '@/kernel/exchange/names';
import { LoadedModules } from '@/kernel/loadedModules';
import { fieldWord } from '@/kernel/records/words';
import { useAccess } from '@/kernel/session/useSession';
import type { Tone } from '@/ui/parts/StateDot';
import { writeMoment } from '@/ui/time';
import type { Backup, BackupLogEntry, BackupStatus, KeptState } from './contract';

export const statusTones: Record<BackupStatus, Tone> = {
  queued: 'grey',
  running: 'blue',
  succeeded: 'green',
  failed: 'red',
  expired: 'grey',
};

export const stateTones: Record<KeptState, Tone> = { same: 'grey', changed: 'blue', missing: 'red', trashed: 'amber' };

/** What people call the lists a backup holds. */
export function useNounName(): (noun: string) => string {
  const modules = use(LoadedModules);
  return noun => nounOfExchange(modules, noun)?.words.en.many ?? spaced(noun.split(/[/.]/).at(-1) ?? noun);
}

const spaced = (code: string) => {
  const text = code.replaceAll(/[-_]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** What people call a setting of the workspace: `timeZone`, `recruiting.interviewBufferMinutes`. */
export const settingName = (setting: string) =>
  spaced(
    setting
      .split('.')
      .at(-1)
      ?.replaceAll(/(?=[A-Z])/g, ' ')
      .toLowerCase() ?? setting,
  );

/** What people call a field of such a list. */
export function useFieldName(): (noun: string, field: string) => string {
  const modules = use(LoadedModules);
  return (noun, field) => {
    const found = nounOfExchange(modules, noun);
    return found ? fieldWord(found.words.en, field) : spaced(field);
  };
}

/** The lists a backup holds, with how many records of each, and how much else it holds besides. */
export function useHeld(): (counts: Backup['rowCounts']) => { lists: [noun: string, count: number][]; others: number } {
  const modules = use(LoadedModules);
  return counts => {
    const all = Object.entries(counts);
    const lists = all.filter(([noun]) => nounOfExchange(modules, noun) !== undefined);
    const sum = (some: typeof all) => some.reduce((total, [, count]) => total + count, 0);
    return { lists, others: sum(all) - sum(lists) };
  };
}

/** A backup is called by the moment it was made. */
export function useBackupName(): (backup: Backup) => string {
  const locale = useLocale();
  const zone = useTimeZone() ?? 'UTC';
  const now = useNow().getTime();
  return useCallback(backup => writeMoment(backup.createdAt, now, zone, locale), [now, zone, locale]);
}

/** Why a backup failed, in a sentence. */
export function useErrorWord(): (code: string) => string {
  const t = useTranslations('backup.errors');
  return code => {
    const key = code as 'unexpected_error';
    return t.has(key) ? t(key) : t('other', { code: spaced(code).toLowerCase() });
  };
}

/** What a backup is: nightly, or by hand; and which try of its night, where it is not the first. */
export function useKindWord(): (backup: Pick<Backup, 'kind' | 'attempt'>) => string {
  const t = useTranslations('backup');
  return ({ kind, attempt }) => (attempt > 1 ? `${t(`kinds.${kind}`)}, ${t('try', { attempt })}` : t(`kinds.${kind}`));
}

export const useMayBackUp = () => useAccess()('backup', 'write');

/** What happened, of a line of the log. */
export function useEventWord(): (entry: Pick<BackupLogEntry, 'event' | 'detail'>) => string {
  const t = useTranslations('backup');
  return ({ event, detail }) => {
    if (event === 'verified' && detail?.intact === false) return t('foundDamaged');
    const key = `events.${event}` as 'events.started';
    return t.has(key) ? t(key) : spaced(event);
  };
}
