import ChevronDown from '@heroicons/react/16/solid/ChevronDownIcon';
import { Button } from '@heroui/react/button';
import { useTranslations } from 'use-intl';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import type { ImportRun } from '../contract';
import type { Source } from './useDraft';

const encodings = ['utf-8', 'windows-1252', 'utf-16', 'utf-16be'];
const delimiters = [',', ';', '\t', '|'] as const;
const delimiterKeys = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const;

/** How the file was read: what was found out, and a way to say otherwise. */
export function SourceBar({
  run,
  waiting,
  onChange,
}: {
  run: ImportRun;
  waiting: boolean;
  onChange: (source: Source) => void;
}) {
  const t = useTranslations('import');
  const { encoding, delimiter, sheet, sheets } = run.detection;
  const nameOf = (sign: string | null) => {
    const key = delimiterKeys[(sign ?? '') as keyof typeof delimiterKeys];
    return key ? t(`delimiters.${key}`) : (sign ?? '');
  };
  return (
    <div className="source-bar" aria-busy={waiting}>
      <span className="min-w-0 truncate font-medium">{run.fileName}</span>
      <span className="text-muted tabular-nums">{t('rows', { count: run.rows })}</span>
      <span className="text-muted">{t(`formats.${run.format}`)}</span>
      {run.format === 'csv' && encoding !== null && (
        <Chip
          label={t('encoding')}
          value={encoding.toUpperCase()}
          options={[...new Set([encoding.toLowerCase(), ...encodings])].map(id => ({ id, name: id.toUpperCase() }))}
          disabled={waiting}
          onChoose={id => onChange({ encoding: id })}
        />
      )}
      {run.format === 'csv' && delimiter !== null && (
        <Chip
          label={t('delimiter')}
          value={nameOf(delimiter)}
          options={delimiters.map(id => ({ id, name: nameOf(id) }))}
          disabled={waiting}
          onChoose={id => onChange({ delimiter: id })}
        />
      )}
      {sheets.length > 1 && (
        <Chip
          label={t('sheet')}
          value={sheet ?? ''}
          options={sheets.map(name => ({ id: name, name }))}
          disabled={waiting}
          onChoose={id => onChange({ sheet: id })}
        />
      )}
    </div>
  );
}

function Chip(props: {
  label: string;
  value: string;
  options: readonly { id: string; name: string }[];
  disabled: boolean;
  onChoose: (id: string) => void;
}) {
  return (
    <ActionMenu
      label={props.label}
      actions={props.options.map(({ id, name }) => ({ id, label: name, run: () => props.onChoose(id) }))}
    >
      <Button
        size="sm"
        variant="outline"
        className="button--dense filter-chip filter-chip--on"
        isDisabled={props.disabled}
      >
        <span className="text-muted">{props.label}</span>
        <span className="max-w-40 truncate">{props.value}</span>
        <ChevronDown className="size-3! text-muted" />
      </Button>
    </ActionMenu>
  );
}
