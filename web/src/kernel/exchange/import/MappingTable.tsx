import ArrowRight from '@heroicons/react/16/solid/ArrowRightIcon';
import { useTranslations } from 'use-intl';
import { Choice } from '@/ui/fields/Choice';
import { StateDot, type Tone } from '@/ui/parts/StateDot';
import type { Noun } from '../../records/noun';
import { fieldWord, useWords } from '../../records/words';
import type { Confidence, ExchangeNoun, FileColumn, ImportRun } from '../contract';
import { assign, type MappingDraft } from './mapping';

const tones: Record<Confidence, Tone> = {
  exact: 'green',
  synonym: 'green',
  remembered: 'blue',
  similar: 'amber',
  none: 'grey',
};

/** The columns of the file with their first values, and the field each one goes to. */
export function MappingTable(props: {
  noun: Noun;
  exchange: ExchangeNoun;
  run: ImportRun;
  draft: MappingDraft;
  change: (draft: MappingDraft) => void;
}) {
  const { noun, exchange, run, draft } = props;
  const t = useTranslations('import');
  const words = useWords(noun);
  const fields = exchange.columns.filter(column => !column.readOnly || column.type === 'id');
  const options = fields.map(column => ({
    id: column.field,
    name: column.required
      ? t('requiredField', { field: fieldWord(words, column.field) })
      : fieldWord(words, column.field),
  }));
  return (
    <table className="mapping">
      <caption className="sr-only">{t('mapping')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('inFile')}</th>
          <th scope="col">
            <span className="sr-only">{t('goesTo')}</span>
          </th>
          <th scope="col">{t('inTessera', { many: words.many })}</th>
        </tr>
      </thead>
      <tbody>
        {run.columns.map(column => (
          <tr key={column.header} data-off={draft.columns[column.header] == null || undefined}>
            <th scope="row">
              <span className="block truncate font-medium">{column.header}</span>
              <span className="mapping__samples">
                {column.samples
                  .filter(sample => sample !== '')
                  .slice(0, 3)
                  .join(' · ') || t('noSamples')}
              </span>
            </th>
            <td>
              <ArrowRight aria-hidden="true" className="mapping__arrow" />
            </td>
            <td>
              <div className="mapping__choice">
                <Choice
                  label={t('fieldFor', { header: column.header })}
                  value={draft.columns[column.header] ?? null}
                  nullable
                  nothing={t('leaveOut')}
                  placeholder={t('leaveOut')}
                  options={options}
                  onChange={field => props.change(assign(draft, column.header, field))}
                />
                <Mark column={column} chosen={draft.columns[column.header] ?? null} />
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Mark({ column, chosen }: { column: FileColumn; chosen: string | null }) {
  const t = useTranslations('import');
  if (chosen === null) return <StateDot tone="grey">{t('confidence.none')}</StateDot>;
  if (chosen !== column.field || column.confidence === 'none')
    return <StateDot tone="blue">{t('confidence.chosen')}</StateDot>;
  return <StateDot tone={tones[column.confidence]}>{t(`confidence.${column.confidence}`)}</StateDot>;
}
