import { zodResolver } from '@hookform/resolvers/zod';
import type { Resolver } from 'react-hook-form';
import type { useTranslations } from 'use-intl';
import { type $ZodRawIssue, config } from 'zod/v4/core';
import { writeDuration } from '@/ui/time';
import type { Field } from './fields';

// Compiling schemas needs eval, which the page's policy forbids.
config({ jitless: true });

/** A generated schema as the form library takes it, with sentences of ours for what it finds wrong. Loaded with the first form. */
export function schemaResolver(
  schema: unknown,
  sentence: (issue: $ZodRawIssue) => string,
): Resolver<Record<string, unknown>> {
  return zodResolver(schema as never, { error: sentence } as never) as unknown as Resolver<Record<string, unknown>>;
}

type Say = ReturnType<typeof useTranslations<'records'>>;

/** What is wrong with a value, for the person who typed it. */
export function issueSentence(issue: $ZodRawIssue, field: Field | undefined, t: Say, locale: string): string {
  const isDuration = field?.kind === 'number' && field.as === 'duration';
  const limit = (value: unknown) =>
    isDuration ? writeDuration(Number(value)) : new Intl.NumberFormat(locale).format(Number(value));
  if (issue.code === 'too_big') {
    const most = Number(issue.maximum);
    if (issue.origin === 'string') return t('tooLong', { most, count: String(issue.input).length });
    if (issue.origin === 'array') return t('tooMany', { most });
    return t('tooBig', { most: limit(most) });
  }
  if (issue.code === 'too_small' && issue.origin !== 'string' && issue.origin !== 'array')
    return t('tooSmall', { least: limit(issue.minimum) });
  if (isDuration) return t('noDuration');
  if (field?.kind === 'number') return t('noNumber');
  if (field?.kind === 'date' || field?.kind === 'moment') return t('noDate');
  return t('noValue');
}
