import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useTranslations } from 'use-intl';
import { notify } from '@/ui/overlays/notify';
import { SidePanel } from '@/ui/overlays/SidePanel';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { RequirePage } from '../session/RequirePage';
import type { RecordRow } from './fields';
import type { Noun } from './noun';
import { PanelBar } from './PanelBar';
import { RecordForm } from './RecordForm';
import { saveEdit } from './saveEdit';
import { useRecord } from './useRecords';
import { useWords } from './words';

/** `<path>/<id>/edit`: all fields of one record at once. Only what was changed is sent. */
export function RecordEdit({ noun }: { noun: Noun }) {
  const { id = '' } = useParams();
  const t = useTranslations('records');
  const words = useWords(noun);
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const record = useRecord(noun, id);
  const back = () => void navigate({ pathname: `${noun.nav.path}/${id}`, search: params.toString() });

  async function save(before: RecordRow, values: Record<string, unknown>): Promise<boolean> {
    const next = await saveEdit(noun, before, values);
    if (next === undefined) return false;
    if (next) notify(t('saved', { name: noun.title(next) }));
    back();
    return true;
  }

  return (
    <RequirePage page={noun.page}>
      <SidePanel label={t('editOne', { one: words.one.toLowerCase() })} width={480} onClose={back}>
        <PanelBar title={t('editOne', { one: words.one.toLowerCase() })} onClose={back} />
        {record.data ? (
          <Loaded noun={noun} row={record.data} save={save} onCancel={back} />
        ) : record.error ? (
          <ErrorState
            title={t('loadFailed')}
            sentence={record.error.message}
            traceId={record.error.traceId}
            onRetry={() => void record.refetch()}
          />
        ) : (
          <div className="p-5">
            <SkeletonLines lines={6} />
          </div>
        )}
      </SidePanel>
    </RequirePage>
  );
}

function Loaded(props: {
  noun: Noun;
  row: RecordRow;
  save: (before: RecordRow, values: Record<string, unknown>) => Promise<boolean>;
  onCancel: () => void;
}) {
  const t = useTranslations('records');
  // A live update must not change what is being typed: the form keeps the row it started from.
  const [before] = useState(props.row);
  return (
    <RecordForm
      noun={props.noun}
      row={before}
      submit={t('save')}
      save={values => props.save(before, values)}
      onCancel={props.onCancel}
    />
  );
}
