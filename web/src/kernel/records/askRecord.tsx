import { useTranslations } from 'use-intl';
import { ask } from '@/ui/overlays/ask';
import { SidePanel } from '@/ui/overlays/SidePanel';
import { useCreateOnce } from './createOnce';
import type { RecordRow } from './fields';
import type { Noun } from './noun';
import { PanelBar } from './PanelBar';
import { RecordForm } from './RecordForm';
import { saveEdit } from './saveEdit';
import { useWords } from './words';

interface Asked {
  /** The record to change; a new one when left out. */
  row?: RecordRow;
  /** What a new record starts with. */
  given?: Readonly<Record<string, unknown>>;
}

/** The form of a record over whatever is open, for parts of another record. Resolves to the row; null when given up. */
export function askRecord(noun: Noun, asked: Asked = {}): Promise<RecordRow | null> {
  return ask<RecordRow>(answer => <RecordDialog noun={noun} {...asked} onAnswer={answer} />);
}

function RecordDialog(props: Asked & { noun: Noun; onAnswer: (row: RecordRow | null) => void }) {
  const { noun, row } = props;
  const t = useTranslations('records');
  const words = useWords(noun);
  const title = row ? t('editOne', { one: words.one.toLowerCase() }) : words.create;
  const create = useCreateOnce(noun);
  const cancel = () => props.onAnswer(null);

  async function save(values: Record<string, unknown>): Promise<boolean> {
    const saved = row ? await saveEdit(noun, row, values) : await create(values);
    if (saved === undefined) return false;
    props.onAnswer(saved);
    return true;
  }

  return (
    <SidePanel label={title} width={480} onClose={cancel}>
      <PanelBar title={title} onClose={cancel} />
      <RecordForm
        noun={noun}
        {...(row ? { row } : {})}
        {...(props.given ? { given: props.given } : {})}
        submit={row ? t('save') : words.create}
        save={save}
        onCancel={cancel}
      />
    </SidePanel>
  );
}
