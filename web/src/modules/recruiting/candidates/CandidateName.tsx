import NoSymbol from '@heroicons/react/16/solid/NoSymbolIcon';
import { useTranslations } from 'use-intl';
import type { CandidateRow } from '@/api/types.gen';
import { Avatar } from '@/ui/parts/Avatar';

/** A candidate in a list: face, name, and the warning who must not be hired. */
export function CandidateName({ row }: { row: CandidateRow }) {
  const t = useTranslations('candidates');
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Avatar name={row.fullName} />
      <span className="truncate">{row.fullName}</span>
      {row.doNotHire && <NoSymbol className="size-3.5 flex-none text-danger" role="img" aria-label={t('doNotHire')} />}
    </span>
  );
}
