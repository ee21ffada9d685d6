import ClockIcon from '@heroicons/react/16/solid/ClockIcon';
import type { useTranslations } from 'use-intl';
import { choice, lookup, moment } from '@/kernel/records/fields';
import { defineNoun, type Noun } from '@/kernel/records/noun';
import { type AuditRow, verbOf } from './trail';

type Words = ReturnType<typeof useTranslations<'activity'>>;

/** The trail as a list with filters: its choices are what occurs in it. */
export function auditNoun(
  t: Words,
  occurring: readonly { action: string; target: string }[],
  nouns: readonly Noun[],
  seesOthers: boolean,
): Noun {
  const actions = Object.fromEntries(
    occurring.map(({ action, target }) => [action, actionWord(t, action, target, nouns)]),
  );
  const targets = Object.fromEntries(occurring.map(({ target }) => [target, capital(targetWord(t, target, nouns))]));
  const none = (words: Record<string, string>) => Object.fromEntries(Object.keys(words).map(key => [key, null]));
  return defineNoun<AuditRow & { actorId: string }, Record<string, never>>({
    key: 'audit',
    page: '',
    path: '/api/v1/audit',
    nav: { path: '/activity', icon: ClockIcon, order: 0, hidden: true },
    words: {
      en: {
        one: t('one'),
        many: t('title'),
        create: '',
        purpose: '',
        fields: { actorId: t('actor'), action: t('action'), target: t('target'), at: t('when') },
        values: { action: actions, target: targets },
      },
    },
    fields: {
      actorId: lookup('/api/v1/users/lookup', { person: true }),
      action: choice(none(actions)),
      target: choice(none(targets)),
      at: moment(),
    },
    title: row => row.label ?? '',
    list: {
      columns: [],
      phone: { meta: [] },
      filters: [...(seesOthers ? (['actorId'] as const) : []), 'action', 'target', 'at'],
      sorts: [],
      defaultSort: '',
    },
    form: { fields: [] },
  });
}

/** The noun whose records a target of the feed means. */
export function nounOf(target: string, nouns: readonly Noun[]): Noun | undefined {
  return nouns.find(noun => noun.key === target || noun.key === `${target}s`);
}

export function targetWord(t: Words, target: string, nouns: readonly Noun[]): string {
  const noun = nounOf(target, nouns);
  if (noun) return noun.words.en.one.toLowerCase();
  const key = `targets.${target}` as 'targets.session';
  return t.has(key) ? t(key) : target.replaceAll('_', ' ');
}

/** What was done, as a filter names it: "Candidate: changed", "Signed in". */
function actionWord(t: Words, action: string, target: string, nouns: readonly Noun[]): string {
  const alone = `alone.${action}` as 'alone.login';
  if (t.has(alone)) return capital(t(alone));
  return capital(`${targetWord(t, target, nouns)}: ${did(t, action, target)}`);
}

/** The verb of a line whose object follows: "changed", "moved". */
export function did(t: Words, action: string, target: string): string {
  const verb = verbOf(action, target);
  const key = `did.${verb}` as 'did.update';
  return t.has(key) ? t(key) : verb.replaceAll('_', ' ');
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
