import type { ProjectRow } from '@/api/types.gen';

/** Code and title; the code first, because people talk in codes. */
export function ProjectName({ row }: { row: Pick<ProjectRow, 'code' | 'title'> }) {
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <span className="w-[76px] flex-none truncate font-normal text-muted tabular-nums max-sm:hidden">{row.code}</span>
      <span className="truncate">{row.title}</span>
    </span>
  );
}
