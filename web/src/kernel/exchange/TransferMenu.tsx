import ArrowDownTray from '@heroicons/react/16/solid/ArrowDownTrayIcon';
import ArrowUpTray from '@heroicons/react/16/solid/ArrowUpTrayIcon';
import { Button } from '@heroui/react/button';
import { Dropdown } from '@heroui/react/dropdown';
import { Header } from '@heroui/react/header';
import { Label } from '@heroui/react/label';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import { notify, warn } from '@/ui/overlays/notify';
import { Tip } from '@/ui/parts/Tip';
import { isProblem } from '../http/problem';
import { type ListState, listQuery } from '../list/listState';
import type { Noun } from '../records/noun';
import type { ColumnChoice } from '../records/useColumns';
import { useWords } from '../records/words';
import type { ExchangeFormat } from './contract';
import { exportList, shownColumns } from './exportList';
import { exchangeName, importPath } from './names';
import { useExchange } from './useExchange';

const formats: readonly ExchangeFormat[] = ['csv', 'xlsx', 'json', 'sql'];

/** What the list shows as a file, and the way in for other files. */
export function TransferMenu(props: {
  noun: Noun;
  state: ListState;
  columns: ColumnChoice;
  /** Undefined while nobody has counted. */
  total: number | undefined;
}) {
  const { noun, state, columns } = props;
  const t = useTranslations('export');
  const words = useWords(noun);
  const navigate = useNavigate();
  const exchange = useExchange(noun);
  const [scope, setScope] = useState<'shown' | 'every'>('every');
  const [waiting, setWaiting] = useState(false);
  // Its place is kept: what stands beside it does not move when it comes.
  if (exchange === undefined) return <span className="w-8 flex-none max-sm:w-10" />;
  if (!exchange?.canExport && !exchange?.canImport) return null;

  const known = exchange.columns.map(column => column.field);
  const listed = noun.list.columns.map(column => (typeof column === 'string' ? column : column.id));
  const shown = shownColumns(listed, columns.visible, known);
  const narrowed = state.search.trim() !== '' || Object.keys(state.filters).length > 0;
  const what = state.trash ? 'trash' : narrowed ? 'filtered' : 'all';
  const many = (props.total === 1 ? words.one : words.many).toLowerCase();

  async function save(format: ExchangeFormat) {
    setWaiting(true);
    try {
      const job = await exportList({
        noun: exchangeName(noun),
        format,
        query: listQuery(state),
        ...(scope === 'shown' ? { columns: shown } : {}),
      });
      if (job.status === 'failed') warn(t('failed'), job.error?.detail);
      else if (job.status !== 'succeeded') notify(t('started'));
      else if (job.result?.fallback === true) warn(t('fallback'), String(job.result.fallbackReason ?? ''));
      else notify(t('done', { count: Number(job.result?.rows ?? 0) }));
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(t('failed'), error.message);
    } finally {
      setWaiting(false);
    }
  }

  return (
    <Dropdown>
      <Tip text={t('menu')}>
        <Button isIconOnly variant="ghost" aria-label={t('menu')} className="flex-none text-muted" isPending={waiting}>
          <ArrowDownTray />
        </Button>
      </Tip>
      <Dropdown.Popover placement="bottom end" className="min-w-64">
        <Dropdown.Menu
          aria-label={t('menu')}
          onAction={key => {
            if (key === 'import') void navigate(importPath(noun));
            else if (formats.includes(key as ExchangeFormat)) void save(key as ExchangeFormat);
          }}
        >
          {exchange.canExport && (
            <Dropdown.Section>
              <Header>
                {props.total === undefined ? t(`uncounted.${what}`, { many }) : t(what, { count: props.total, many })}
              </Header>
              {formats.map(format => (
                <Dropdown.Item key={format} id={format} textValue={t(`formats.${format}`)}>
                  <Label>{t(`formats.${format}`)}</Label>
                  <span className="ms-auto text-muted text-xs">{t(`formatNotes.${format}`)}</span>
                </Dropdown.Item>
              ))}
            </Dropdown.Section>
          )}
          {exchange.canExport && shown.length > 0 && (
            <Dropdown.Section
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[scope]}
              shouldCloseOnSelect={false}
              onSelectionChange={keys => setScope(keys !== 'all' && [...keys][0] === 'shown' ? 'shown' : 'every')}
            >
              <Header>{t('columns')}</Header>
              <Dropdown.Item id="every" textValue={t('every', { count: known.length })}>
                <Dropdown.ItemIndicator />
                <Label>{t('every', { count: known.length })}</Label>
              </Dropdown.Item>
              <Dropdown.Item id="shown" textValue={t('shown', { count: shown.length })}>
                <Dropdown.ItemIndicator />
                <Label>{t('shown', { count: shown.length })}</Label>
              </Dropdown.Item>
            </Dropdown.Section>
          )}
          {exchange.canImport && (
            <Dropdown.Section>
              <Header>{t('import')}</Header>
              <Dropdown.Item id="import" textValue={t('importFile')}>
                <ArrowUpTray className="size-4 text-muted" />
                <Label>{t('importFile')}</Label>
              </Dropdown.Item>
            </Dropdown.Section>
          )}
        </Dropdown.Menu>
      </Dropdown.Popover>
    </Dropdown>
  );
}
