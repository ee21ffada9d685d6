import { useNavigate, useSearchParams } from 'react-router';
import { useTranslations } from 'use-intl';
import { notify } from '@/ui/overlays/notify';
import { SidePanel } from '@/ui/overlays/SidePanel';
import { RequirePage } from '../session/RequirePage';
import { useCreateOnce } from './createOnce';
import type { Noun } from './noun';
import { PanelBar } from './PanelBar';
import { RecordForm } from './RecordForm';
import { useClose } from './useClose';
import { useWords } from './words';

/** `<path>/new`: the form of a fresh record. Parameters named like fields fill them in. */
export function RecordCreate({ noun }: { noun: Noun }) {
  const t = useTranslations('records');
  const words = useWords(noun);
  const close = useClose(noun);
  const create = useCreateOnce(noun);
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const given = Object.fromEntries(
    noun.form.fields.flatMap(name => {
      const text = params.get(`with.${name}`);
      return text === null ? [] : [[name, noun.fields[name]?.kind === 'number' ? Number(text) : text]];
    }),
  );

  async function save(values: Record<string, unknown>) {
    const row = await create(values);
    close();
    notify(t('created', { name: noun.title(row) }), {
      label: t('open'),
      run: () => void navigate(`${noun.nav.path}/${row.id}`),
    });
    return true;
  }

  return (
    <RequirePage page={noun.page}>
      <SidePanel label={words.create} width={480} onClose={close}>
        <PanelBar title={words.create} onClose={close} />
        <RecordForm noun={noun} given={given} submit={words.create} save={save} onCancel={close} />
      </SidePanel>
    </RequirePage>
  );
}
