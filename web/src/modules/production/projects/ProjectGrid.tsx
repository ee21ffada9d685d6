import { useCallback, useMemo } from 'react';
import { useLocation } from 'react-router';
import { useLocale, useTranslations } from 'use-intl';
import type { ProjectRow, ProjectStatus } from '@/api/types.gen';
import type { ListViewProps } from '@/kernel/records/noun';
import { mostRecords, useAllRecords } from '@/kernel/records/useRecords';
import { shiftDay } from '@/ui/days';
import { usePhone } from '@/ui/media';
import { warn } from '@/ui/overlays/notify';
import { EmptyState } from '@/ui/parts/EmptyState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import { StateDot } from '@/ui/parts/StateDot';
import { ChoiceEditor } from '@/ui/stages/ChoiceEditor';
import { StageGrid } from '@/ui/stages/StageGrid';
import type { StageChange, StageColumn } from '@/ui/stages/stage';
import { writeShortDate } from '@/ui/time';
import { useWorkDay } from '@/ui/workDay';
import { LoadFailed } from '../LoadFailed';
import { projects } from './collection';
import { begin } from './dateChanges';
import { GridBar } from './GridBar';
import { ProjectName } from './ProjectName';
import { doneOn, firstDay, lastDay, type Stage, type StageState, stages, stateOf, toneOf } from './stages';
import { statusTones } from './statuses';
import { useMoveProject } from './useMoveProject';
import { useSetDates } from './useSetDates';

/** The home of a producer: every project against the four stages, with what is done, due and late in one glance. */
export default function ProjectGrid(props: ListViewProps<ProjectRow>) {
  const t = useTranslations('production.projects');
  const today = useWorkDay();
  const { search } = useLocation();
  const found = useAllRecords<ProjectRow>(projects, props.query);
  const phone = usePhone();
  const columns = useStageColumns(today, phone);
  const setDates = useSetDates();
  const move = useMoveProject();

  const onSet = useCallback(
    (changes: StageChange<ProjectRow>[]) => {
      const dates = changes.filter(change => isStage(change.column));
      if (dates.length > 0)
        void setDates(dates.map(({ row, column, value }) => ({ row, fields: begin(row, column as Stage, value) })));
      for (const { row, column, value } of changes)
        if (column === 'status' && value !== null && value !== row.status) void move(row, value as ProjectStatus);
    },
    [setDates, move],
  );

  if (!found.data) {
    return found.error ? <LoadFailed problem={found.error} retry={found.refetch} /> : <SkeletonRows />;
  }
  if (found.data.items.length === 0) return <EmptyState title={t('gridEmpty')} sentence={t('gridEmptySentence')} />;
  return (
    <div className="flex h-full flex-col">
      <div className="min-h-0 flex-1">
        <StageGrid
          label={t('grid')}
          rows={found.data.items}
          rowId={idOf}
          rowName={titleOf}
          lead={{ name: t('project'), draw: drawName, href: row => `/projects/${row.id}${search}` }}
          columns={columns}
          today={today}
          onOpen={props.open}
          openedId={props.openedId}
          onSet={props.canWrite ? onSet : undefined}
          onUnread={count => warn(t('unread', { count }), t('unreadHelp'))}
          bar={(spots, clear) => props.canWrite && <GridBar spots={spots} today={today} onDone={clear} />}
        />
      </div>
      {found.data.total > mostRecords && (
        <p className="flex-none border-border border-t px-4 py-2 text-muted text-xs">
          {t('moreThanShown', { count: mostRecords })}
        </p>
      )}
    </div>
  );
}

const idOf = (row: ProjectRow) => row.id;
const titleOf = (row: ProjectRow) => row.title;
const drawName = (row: ProjectRow) => <ProjectName row={row} />;
const isStage = (column: string): column is Stage => (stages as readonly string[]).includes(column);

function useStageColumns(today: string, phone: boolean): StageColumn<ProjectRow>[] {
  const t = useTranslations('production.projects');
  const locale = useLocale();
  return useMemo(() => {
    const week = shiftDay(today, 7);
    const word = (status: ProjectStatus) => t(`statuses.${status}`);
    const state = (row: ProjectRow, stage: Stage): Exclude<StageState, 'none'> | null => {
      const found = stateOf(row, stage, today, week);
      return found === 'none' ? null : found;
    };
    const status: StageColumn<ProjectRow> = {
      id: 'status',
      name: t('status'),
      width: 136,
      cell: row => ({ value: row.status, tone: statusTones[row.status], quiet: true, word: word(row.status) }),
      mayEdit: row => row.allowedMoves.length > 0,
      edit: editor => (
        <ChoiceEditor
          {...editor}
          label={t('status')}
          options={[...new Set(editor.rows.flatMap(row => [row.status, ...row.allowedMoves]))]
            .filter(status => status === editor.value || editor.rows.some(row => row.allowedMoves.includes(status)))
            .map(status => ({
              id: status,
              name: word(status),
              look: <StateDot tone={statusTones[status]}>{word(status)}</StateDot>,
            }))}
        />
      ),
    };
    const dates = stages.map(
      (stage): StageColumn<ProjectRow> => ({
        id: stage,
        name: t(`stages.${stage}`),
        // A state, a warning and a day of another year beside each other.
        width: 178,
        edit: 'date',
        cell: row => {
          const value = row[firstDay(stage)] ?? null;
          const stands = state(row, stage);
          const hint = row.warnings.find(({ field }) => field === firstDay(stage) || field === lastDay(stage));
          const shown = value ?? doneOn(row, stage);
          return {
            value,
            ...(stands ? { tone: toneOf[stands], word: t(`states.${stands}`) } : {}),
            ...(shown ? { note: writeShortDate(shown, today, locale) } : {}),
            ...(hint ? { warning: hint.message } : {}),
          };
        },
      }),
    );
    const producer: StageColumn<ProjectRow> = {
      id: 'producer',
      name: t('producer'),
      width: 120,
      cell: row => ({ value: row.producerName ?? null, word: row.producerName ?? undefined }),
    };
    // Where only one column fits beside the titles, it is a stage.
    return phone ? [...dates, status, producer] : [status, ...dates, producer];
  }, [t, today, locale, phone]);
}
