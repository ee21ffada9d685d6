import { useFormatter, useTranslations } from 'use-intl';
import { Cards } from '@/ui/fields/Cards';
import { Choice } from '@/ui/fields/Choice';
import type { Noun } from '../../records/noun';
import { fieldWord, useWords } from '../../records/words';
import type { BlankRule, DateOrder, ExchangeNoun, ImportMode, ImportRun } from '../contract';
import { asksForOrder, type MappingDraft, possibleOrders } from './mapping';

const modes: readonly ImportMode[] = ['upsert', 'create_only', 'update_only'];
const blanks: readonly BlankRule[] = ['keep', 'clear'];

/** What happens to records that are there already, to empty cells, and to dates that read two ways. */
export function RulesPanel(props: {
  noun: Noun;
  exchange: ExchangeNoun;
  run: ImportRun;
  draft: MappingDraft;
  change: (draft: MappingDraft) => void;
  /** Somebody tried to go on: what is missing is told at its place. */
  told: boolean;
}) {
  const { noun, exchange, run, draft, change } = props;
  const t = useTranslations('import');
  const words = useWords(noun);
  const { dateTime } = useFormatter();
  const dated = run.columns.filter(column => asksForOrder(column, draft));
  const used = new Set(Object.values(draft.columns));
  const keys = [...new Set([...exchange.keys, 'id'])].filter(key => used.has(key));
  const numeric = exchange.columns.some(column => column.type === 'number' && used.has(column.field));
  return (
    <div className="rules">
      {dated.length > 0 && (
        <div id="date-order">
          <Cards
            label={t('dateOrder', { columns: dated.map(column => column.header).join(', ') })}
            value={draft.dateOrder ?? ''}
            options={possibleOrders(dated).map(({ order, sample, day }) => ({
              id: order,
              name: t(`orders.${order}`),
              ...(day === null
                ? {}
                : {
                    sentence: t('reads', {
                      sample,
                      day: dateTime(new Date(`${day}T00:00:00Z`), { dateStyle: 'long', timeZone: 'UTC' }),
                    }),
                  }),
            }))}
            error={props.told && draft.dateOrder === null ? t('faults.ambiguous') : undefined}
            onChange={order => change({ ...draft, dateOrder: order as DateOrder })}
          />
        </div>
      )}
      <Cards
        label={t('mode')}
        value={draft.mode}
        options={modes.map(id => ({ id, name: t(`modes.${id}`), sentence: t(`modeNotes.${id}`) }))}
        onChange={mode => change({ ...draft, mode: mode as ImportMode })}
      />
      {draft.mode !== 'create_only' &&
        (keys.length > 1 ? (
          <Choice
            label={t('matchBy')}
            help={t('matchHelp')}
            value={draft.matchKeys[0] ?? 'auto'}
            options={[
              { id: 'auto', name: t('matchAuto', { fields: keys.map(key => fieldWord(words, key)).join(', ') }) },
              ...keys.map(key => ({ id: key, name: fieldWord(words, key) })),
            ]}
            onChange={key => change({ ...draft, matchKeys: key === null || key === 'auto' ? [] : [key] })}
          />
        ) : (
          <p className="text-sm">
            <span className="font-medium text-xs">{t('matchBy')}</span>
            <br />
            {keys[0] === undefined
              ? t('matchNone', { fields: exchange.keys.map(key => fieldWord(words, key)).join(', ') })
              : fieldWord(words, keys[0])}
          </p>
        ))}
      {draft.mode !== 'create_only' && (
        <Cards
          label={t('blank')}
          value={draft.blank}
          options={blanks.map(id => ({ id, name: t(`blanks.${id}`) }))}
          help={t('blankHelp')}
          onChange={blank => change({ ...draft, blank: blank as BlankRule })}
        />
      )}
      {numeric && run.format === 'csv' && (
        <Choice
          label={t('decimal')}
          value={draft.decimal ?? 'auto'}
          options={[
            { id: 'auto', name: t('decimals.auto') },
            { id: '.', name: t('decimals.point') },
            { id: ',', name: t('decimals.comma') },
          ]}
          onChange={sign => change({ ...draft, decimal: sign === '.' || sign === ',' ? sign : null })}
        />
      )}
    </div>
  );
}
