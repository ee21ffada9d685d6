import Link from '@heroicons/react/16/solid/LinkIcon';
import PencilSquare from '@heroicons/react/16/solid/PencilSquareIcon';
import Trash from '@heroicons/react/16/solid/TrashIcon';
import { Button } from '@heroui/react/button';
import { Suspense, useEffect } from 'react';
import { useNavigate, useOutletContext, useParams, useSearchParams } from 'react-router';
import { useTranslations } from 'use-intl';
import { useHotkeys } from '@/ui/hotkeys';
import { ActionMenu, type MenuAction } from '@/ui/overlays/ActionMenu';
import { SidePanel } from '@/ui/overlays/SidePanel';
import { ErrorState } from '@/ui/parts/ErrorState';
import { Moment } from '@/ui/parts/Moment';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { TabSet } from '@/ui/parts/TabSet';
import { Tip } from '@/ui/parts/Tip';
import { useAccess } from '../session/useSession';
import { RecordComments } from './comments/RecordComments';
import type { RecordRow } from './fields';
import { InlineField } from './InlineField';
import type { Noun } from './noun';
import { PanelBar } from './PanelBar';
import { RecordHistory } from './RecordHistory';
import type { ScreenContext } from './RecordScreen';
import { openShareDialog } from './ShareDialog';
import { useClose } from './useClose';
import { useRecord } from './useRecords';
import { type Refused, useVerbs } from './useVerbs';
import { useWords } from './words';

/** `<path>/<id>`: one record over its list. */
export function RecordPanel({ noun }: { noun: Noun }) {
  const { id = '' } = useParams();
  const words = useWords(noun);
  const t = useTranslations('records');
  const close = useClose(noun);
  const record = useRecord(noun, id, { fromList: true });
  useEffect(() => noun.Heading?.preload?.(), [noun]);
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
    'panel',
  );

  return (
    <SidePanel label={row ? noun.title(row) : words.one} onClose={close}>
      {row ? (
        // As a whole: a heading that came later would push the tabs down.
        <Suspense
          fallback={
            <>
              <PanelBar title={words.one} onClose={close} />
              <Waiting />
            </>
          }
        >
          <Opened noun={noun} row={row} onClose={close} onStep={onStep} />
        </Suspense>
      ) : (
        <>
          <PanelBar title={words.one} onClose={close} />
          {record.error ? (
            record.error.status === 404 ? (
              <ErrorState title={t('gone')} sentence={t('goneSentence')} />
            ) : (
              <ErrorState
                title={t('loadFailed')}
                sentence={record.error.message}
                traceId={record.error.traceId}
                onRetry={() => void record.refetch()}
              />
            )
          ) : (
            <Waiting />
          )}
        </>
      )}
    </SidePanel>
  );
}

const Waiting = () => (
  <div className="p-5">
    <SkeletonLines lines={6} />
  </div>
);

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

  useHotkeys(canWrite ? [{ keys: 'e', label: t('edit'), group: words.one, run: edit }] : [], 'panel');

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
              void verbs.run(
                () => verb.run(row),
                t('verbFailed', { verb: words.verbs?.[verb.id] ?? verb.id }),
                words.done?.[verb.id],
              ),
          })),
        { id: 'share', label: t('share'), icon: <Link />, run: () => void openShareDialog(noun, row) },
        {
          id: 'delete',
          label: t('delete'),
          icon: <Trash />,
          danger: true,
          run: () => void verbs.remove(row).then(done => done && props.onClose()),
        },
      ]
    : [];

  return (
    <>
      <PanelBar title={words.one} onClose={props.onClose} onStep={props.onStep}>
        {canWrite && (
          <Tip text={t('edit')} keys="E">
            <Button isIconOnly size="sm" variant="ghost" aria-label={t('edit')} onPress={edit}>
              <PencilSquare />
            </Button>
          </Tip>
        )}
        <ActionMenu label={t('actions')} actions={actions} />
      </PanelBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <header className="px-5 pt-4 pb-3">
          {row.deletedAt && (
            <div className="mb-3 flex items-center gap-3 rounded-lg bg-default px-3 py-2 text-sm">
              <span className="flex-1">
                {t('inTrash')} <Moment at={row.deletedAt} within />
              </span>
              {can(noun.page, 'write') && (
                <Button size="sm" variant="outline" onPress={() => void verbs.restore(row)}>
                  {t('restore')}
                </Button>
              )}
            </div>
          )}
          <p className="break-words font-semibold text-[20px]/7 tracking-[-0.015em]">{noun.title(row)}</p>
          {noun.Heading && <noun.Heading noun={noun} row={row} canWrite={canWrite} />}
        </header>
        <TabSet
          label={t('parts')}
          chosen={params.get('tab') ?? 'details'}
          onChoose={key =>
            setParams(
              before => {
                if (key === 'details') before.delete('tab');
                else before.set('tab', key);
                return before;
              },
              { replace: true },
            )
          }
          tabs={[
            {
              id: 'details',
              name: t('details'),
              content: (
                <Details
                  noun={noun}
                  row={row}
                  canWrite={canWrite}
                  onSave={(from, change, refused) => verbs.change(from, change, { refused })}
                />
              ),
            },
            ...(noun.tabs ?? [])
              .filter(tab => tab.page === undefined || can(tab.page, tab.level))
              .map(tab => ({
                id: tab.key,
                name: words.fields[tab.key] ?? tab.key,
                content: (
                  <Suspense fallback={<SkeletonLines lines={4} />}>
                    <tab.Component noun={noun} row={row} canWrite={canWrite} />
                  </Suspense>
                ),
              })),
            ...(row.deletedAt
              ? []
              : [
                  {
                    id: 'comments',
                    name: t('comments'),
                    content: <RecordComments noun={noun} row={row} canWrite={canWrite} />,
                  },
                ]),
            { id: 'history', name: t('history'), content: <RecordHistory noun={noun} row={row} canWrite={canWrite} /> },
          ]}
        />
      </div>
    </>
  );
}

function Details(props: {
  noun: Noun;
  row: RecordRow;
  canWrite: boolean;
  onSave: (row: RecordRow, change: Record<string, unknown>, refused: Refused) => Promise<boolean>;
}) {
  const { noun, row } = props;
  const t = useTranslations('records');
  return (
    <>
      <div className="grid gap-x-6 sm:grid-cols-2">
        {(noun.details ?? noun.form.fields).map(name => (
          // What is typed in one record is not carried into the next.
          <div key={`${row.id} ${name}`} className={isWide(noun, name) ? 'sm:col-span-2' : ''}>
            <InlineField noun={noun} name={name} row={row} canWrite={props.canWrite} onSave={props.onSave} />
          </div>
        ))}
      </div>
      <p className="mt-4 border-border border-t pt-3 text-muted text-xs">
        {t('createdAt')} <Moment at={row.createdAt} within /> · {t('updatedAt')} <Moment at={row.updatedAt} within />
      </p>
    </>
  );
}

function isWide(noun: Noun, name: string): boolean {
  const field = noun.fields[name];
  return field?.kind === 'tags' || (field?.kind === 'text' && field.rows !== undefined);
}
