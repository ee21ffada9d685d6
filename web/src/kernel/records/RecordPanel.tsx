import PencilSquare from '@heroicons/react/16/solid/PencilSquareIcon';
import Trash from '@heroicons/react/16/solid/TrashIcon';
import { Button } from '@heroui/react/button';
import { Tabs } from '@heroui/react/tabs';
import { useNavigate, useOutletContext, useParams, useSearchParams } from 'react-router';
import { useTranslations } from 'use-intl';
import { useHotkeys } from '@/ui/hotkeys';
import { ActionMenu, type MenuAction } from '@/ui/overlays/ActionMenu';
import { SidePanel } from '@/ui/overlays/SidePanel';
import { ErrorState } from '@/ui/parts/ErrorState';
import { Moment } from '@/ui/parts/Moment';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { useAccess } from '../session/useSession';
import type { RecordRow } from './fields';
import { InlineField } from './InlineField';
import type { Noun } from './noun';
import { PanelBar } from './PanelBar';
import { RecordHistory } from './RecordHistory';
import type { ScreenContext } from './RecordScreen';
import { useClose } from './useClose';
import { useRecord } from './useRecords';
import { useVerbs } from './useVerbs';
import { useWords } from './words';

/** `<path>/<id>`: one record over its list. */
export function RecordPanel({ noun }: { noun: Noun }) {
  const { id = '' } = useParams();
  const words = useWords(noun);
  const t = useTranslations('records');
  const close = useClose(noun);
  const record = useRecord(noun, id);
  const context = useOutletContext<ScreenContext | undefined>();
  const onStep = context?.step(id);
  const row = record.data;

  useHotkeys(
    onStep
      ? [
          { keys: 'j', label: t('next'), group: words.one, run: () => onStep(1) },
          { keys: 'k', label: t('previous'), group: words.one, run: () => onStep(-1) },
        ]
      : [],
  );

  return (
    <SidePanel label={row ? noun.title(row) : words.one} onClose={close}>
      {row ? (
        <Opened noun={noun} row={row} onClose={close} onStep={onStep} />
      ) : (
        <>
          <PanelBar title={words.one} onClose={close} />
          {record.error ? (
            record.error.status === 404 ? (
              <ErrorState title={t('gone')} sentence={t('goneSentence')} />
            ) : (
              <ErrorState
                title={t('loadFailed')}
                sentence={record.error.status === 0 ? t('offline') : record.error.message}
                traceId={record.error.traceId}
                onRetry={() => void record.refetch()}
              />
            )
          ) : (
            <div className="p-5">
              <SkeletonLines lines={6} />
            </div>
          )}
        </>
      )}
    </SidePanel>
  );
}

function Opened(props: {
  noun: Noun;
  row: RecordRow;
  onClose: () => void;
  onStep: ((by: 1 | -1) => void) | undefined;
}) {
  const { noun, row } = props;
  const t = useTranslations('records');
  const words = useWords(noun);
  const can = useAccess();
  const navigate = useNavigate();
  const verbs = useVerbs(noun);
  const [params, setParams] = useSearchParams();
  const canWrite = can(noun.page, 'write') && !row.deletedAt;
  const edit = () => void navigate({ pathname: `${noun.nav.path}/${row.id}/edit`, search: params.toString() });

  useHotkeys(canWrite ? [{ keys: 'e', label: t('edit'), group: words.one, run: edit }] : []);

  const actions: MenuAction[] = canWrite
    ? [
        ...(noun.verbs ?? [])
          .filter(verb => verb.when?.(row) ?? true)
          .map(verb => ({
            id: verb.id,
            label: words.verbs?.[verb.id] ?? verb.id,
            icon: <verb.icon />,
            danger: verb.danger ?? false,
            run: () =>
              void verbs.run(() => verb.run(row), t('verbFailed', { verb: words.verbs?.[verb.id] ?? verb.id })),
          })),
        {
          id: 'delete',
          label: t('delete'),
          icon: <Trash />,
          danger: true,
          run: () => void verbs.remove(row).then(done => done && props.onClose()),
        },
      ]
    : [];
  const details = noun.details ?? noun.form.fields;
  const tab = params.get('tab') ?? 'details';
  const tabs = noun.tabs ?? [];

  return (
    <>
      <PanelBar title={words.one} onClose={props.onClose} onStep={props.onStep}>
        {canWrite && (
          <Button isIconOnly size="sm" variant="ghost" aria-label={t('edit')} onPress={edit}>
            <PencilSquare />
          </Button>
        )}
        <ActionMenu label={t('actions')} actions={actions} />
      </PanelBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <header className="px-5 pt-4 pb-3">
          {row.deletedAt && (
            <div className="mb-3 flex items-center gap-3 rounded-lg bg-default px-3 py-2 text-sm">
              <span className="flex-1">
                {t('inTrash')} <Moment at={row.deletedAt} />
              </span>
              {can(noun.page, 'write') && (
                <Button size="sm" variant="outline" onPress={() => void verbs.restore(row)}>
                  {t('restore')}
                </Button>
              )}
            </div>
          )}
          <p className="break-words font-semibold text-[20px]/7 tracking-[-0.015em]">{noun.title(row)}</p>
          {noun.Heading && <noun.Heading row={row} canWrite={canWrite} />}
        </header>
        <Tabs
          selectedKey={tab}
          onSelectionChange={key =>
            setParams(
              before => {
                if (key === 'details') before.delete('tab');
                else before.set('tab', String(key));
                return before;
              },
              { replace: true },
            )
          }
        >
          <Tabs.ListContainer className="px-5">
            <Tabs.List aria-label={t('parts')}>
              {['details', ...tabs.map(one => one.key), 'history'].map(key => (
                <Tabs.Tab key={key} id={key}>
                  {key === 'details' || key === 'history' ? t(key) : (words.fields[key] ?? key)}
                  <Tabs.Indicator />
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </Tabs.ListContainer>
          <Tabs.Panel id="details" className="px-5 py-3">
            <div className="grid gap-x-6 sm:grid-cols-2">
              {details.map(name => (
                <div key={name} className={isWide(noun, name) ? 'sm:col-span-2' : ''}>
                  <InlineField
                    noun={noun}
                    name={name}
                    row={row}
                    canWrite={canWrite}
                    onSave={change => verbs.change(row, change)}
                  />
                </div>
              ))}
            </div>
            <p className="mt-4 border-border border-t pt-3 text-muted text-xs">
              {t('createdAt')} <Moment at={row.createdAt} /> · {t('updatedAt')} <Moment at={row.updatedAt} />
            </p>
          </Tabs.Panel>
          {tabs.map(one => (
            <Tabs.Panel key={one.key} id={one.key} className="px-5 py-3">
              <one.Component row={row} canWrite={canWrite} />
            </Tabs.Panel>
          ))}
          <Tabs.Panel id="history" className="px-5 py-4">
            <RecordHistory noun={noun} row={row} canWrite={canWrite} />
          </Tabs.Panel>
        </Tabs>
      </div>
    </>
  );
}

function isWide(noun: Noun, name: string): boolean {
  const field = noun.fields[name];
  return field?.kind === 'tags' || (field?.kind === 'text' && field.rows !== undefined);
}
