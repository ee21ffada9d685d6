import { StarButtons, Stars } from '@/ui/fields/Rating';
import { useAccess } from '../session/useSession';
import type { RatingKind, RecordRow } from './fields';
import type { Noun } from './noun';
import { useVerbs } from './useVerbs';
import { fieldWord, useWords } from './words';

/** Stars in a table: pressed where they stand by those who may. The grid has the keys, so they are no tab stops. */
export function RatingCell({
  noun,
  name,
  field,
  row,
}: {
  noun: Noun;
  name: string;
  field: RatingKind;
  row: RecordRow;
}) {
  const can = useAccess();
  const words = useWords(noun);
  const verbs = useVerbs(noun);
  const value = Number(row[name] ?? 0);
  if (!can(noun.page, 'write') || row.deletedAt) return value > 0 ? <Stars value={value} most={field.most} /> : null;
  return (
    <StarButtons
      label={fieldWord(words, name)}
      value={value}
      most={field.most}
      tabIndex={-1}
      onChange={stars => void verbs.change(row, { [name]: stars })}
    />
  );
}
