import CalendarDays from '@heroicons/react/16/solid/CalendarDaysIcon';
import ChevronUpDown from '@heroicons/react/16/solid/ChevronUpDownIcon';
import UserPlus from '@heroicons/react/16/solid/UserPlusIcon';
import XMark from '@heroicons/react/16/solid/XMarkIcon';
import { Button } from '@heroui/react/button';
import { Popover } from '@heroui/react/popover';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ProjectRow, ProjectStatus } from '@/api/types.gen';
import { bulk } from '@/kernel/records/changes';
import { useFind } from '@/kernel/records/lookups';
import { shiftDay } from '@/ui/days';
import { Lookup } from '@/ui/fields/Lookup';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import { ask } from '@/ui/overlays/ask';
import { FormDialog } from '@/ui/overlays/FormDialog';
import { notify, warn } from '@/ui/overlays/notify';
import { StateDot } from '@/ui/parts/StateDot';
import { DateEditor } from '@/ui/stages/DateEditor';
import { readDay } from '@/ui/stages/readDay';
import type { StageSpot } from '@/ui/stages/stage';
import { projects } from './collection';
import { begin } from './dateChanges';
import { firstDay, type Stage, stages } from './stages';
import { statusTones } from './statuses';
import { useMoveProject } from './useMoveProject';
import { useSetDates } from './useSetDates';

const shifts = [-7, -1, 1, 7];

/** What can be done with everything selected in the grid: its dates, and the projects they belong to. */
export function GridBar(props: { spots: readonly StageSpot<ProjectRow>[]; today: string; onDone: () => void }) {
  const t = useTranslations('production.projects');
  const setDates = useSetDates();
  const move = useMoveProject();
  const [picking, setPicking] = useState(false);
  const dates = props.spots.flatMap(({ row, column }) => {
    const stage = stages.find(one => one === column.id);
    return stage ? [{ row, stage: stage as Stage }] : [];
  });
  const rows = [...new Set(props.spots.map(spot => spot.row))];
  const moves = [...new Set(rows.flatMap(row => row.allowedMoves))];

  function setAll(text: string) {
    setPicking(false);
    void setDates(
      dates.flatMap(({ row, stage }) => {
        const value = row[firstDay(stage)] ?? null;
        const next = text === '' ? null : readDay(text, value ?? props.today, props.today);
        const relative = /^\s*[+-]/.test(text);
        if ((next === null && text !== '') || next === value || (relative && value === null)) return [];
        return [{ row, fields: begin(row, stage, next) }];
      }),
    );
  }

  function shift(days: number) {
    void setDates(
      dates.flatMap(({ row, stage }) => {
        const value = row[firstDay(stage)];
        return value ? [{ row, fields: begin(row, stage, shiftDay(value, days)) }] : [];
      }),
    );
  }

  async function assign() {
    const userId = await ask<string>(answer => <ProducerDialog count={rows.length} onAnswer={answer} />);
    if (userId === null) return;
    const ids = rows.map(row => row.id);
    const { succeeded, failed } = await bulk(projects, 'update', ids, { producerUserId: userId });
    if (succeeded.length > 0) notify(t('assigned', { count: succeeded.length }));
    if (failed.length > 0) warn(t('datesFailed', { count: failed.length }), failed[0]?.detail);
  }

  async function moveAll(to: ProjectStatus) {
    for (const row of rows) if (row.allowedMoves.includes(to)) await move(row, to);
  }

  const label = t('cells', { count: dates.length, projects: rows.length });
  return (
    <div className="bulk-bar" role="toolbar" aria-label={label}>
      <span role="status" className="ps-1 pe-2 tabular-nums max-sm:hidden">
        {label}
      </span>
      {dates.length > 0 && (
        <>
          <Popover isOpen={picking} onOpenChange={setPicking}>
            <Button size="sm" variant="outline">
              <CalendarDays />
              {t('setDates')}
            </Button>
            <Popover.Content placement="top" className="stage-popover">
              <Popover.Dialog aria-label={t('setDates')} className="p-0 pt-2">
                <DateEditor
                  label={t('setDates')}
                  typed=""
                  value={dates[0]?.row[firstDay(dates[0].stage)] ?? null}
                  near={props.today}
                  today={props.today}
                  onSet={setAll}
                />
              </Popover.Dialog>
            </Popover.Content>
          </Popover>
          <ActionMenu
            label={t('shift')}
            actions={shifts.map(days => ({
              id: String(days),
              label: t('shiftBy', { days }),
              run: () => shift(days),
            }))}
          >
            <Button size="sm" variant="outline">
              <ChevronUpDown className="rotate-90" />
              {t('shift')}
            </Button>
          </ActionMenu>
        </>
      )}
      {moves.length > 0 && (
        <ActionMenu
          label={t('status')}
          actions={moves.map(status => ({
            id: status,
            label: t(`statuses.${status}`),
            icon: <StateDot tone={statusTones[status]}>{''}</StateDot>,
            run: () => void moveAll(status),
          }))}
        >
          <Button size="sm" variant="outline">
            {t('status')}
          </Button>
        </ActionMenu>
      )}
      <Button size="sm" variant="outline" onPress={() => void assign()} aria-label={t('assign')}>
        <UserPlus />
        <span className="max-sm:hidden">{t('assign')}</span>
      </Button>
      <Button isIconOnly size="sm" variant="ghost" aria-label={t('clearSelection')} onPress={props.onDone}>
        <XMark />
      </Button>
    </div>
  );
}

function ProducerDialog(props: { count: number; onAnswer: (userId: string | null) => void }) {
  const t = useTranslations('production.projects');
  const c = useTranslations('production.common');
  const find = useFind('/api/v1/users/lookup');
  const [userId, setUserId] = useState<string | null>(null);
  return (
    <FormDialog title={t('assignTitle', { count: props.count })} onClose={() => props.onAnswer(null)}>
      <form
        className="flex flex-col gap-4"
        onSubmit={event => {
          event.preventDefault();
          if (userId !== null) props.onAnswer(userId);
        }}
      >
        <Lookup label={t('producer')} value={userId} onChange={setUserId} find={find} autoFocus required />
        <div className="flex justify-end gap-2">
          <Button variant="outline" onPress={() => props.onAnswer(null)}>
            {c('cancel')}
          </Button>
          <Button type="submit" isDisabled={userId === null}>
            {t('assign')}
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}
