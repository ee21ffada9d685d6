import ExclamationTriangle from '@heroicons/react/16/solid/ExclamationTriangleIcon';
import { Popover } from '@heroui/react/popover';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ProjectRow } from '@/api/types.gen';
import { shiftDay } from '@/ui/days';
import { CivilDate, CivilDays } from '@/ui/parts/Moment';
import { StateDot } from '@/ui/parts/StateDot';
import { useWorkDay } from '@/ui/workDay';
import { changed } from './dateChanges';
import { StageEditor } from './StageEditor';
import {
  doneOn,
  firstDay,
  lastDay,
  noteOf,
  planned,
  type Stage,
  type StageChange,
  stages,
  stateOf,
  toneOf,
} from './stages';
import { useSetDates } from './useSetDates';

/** The four stages of a project side by side; a press on one sets its days, its end and a note. What speaks against a date stands under them. */
export function StageStrip({ row, canWrite }: { row: ProjectRow; canWrite: boolean }) {
  return (
    <div>
      <ol className="stage-strip">
        {stages.map(stage => (
          <li key={stage}>
            <StageBox row={row} stage={stage} canWrite={canWrite} />
          </li>
        ))}
      </ol>
      {row.warnings.length > 0 && (
        <ul className="mt-2 flex flex-col gap-1 text-xs">
          {row.warnings.map(warning => (
            <li key={warning.code + warning.field} className="flex gap-1.5">
              <ExclamationTriangle aria-hidden="true" className="mt-px size-3.5 flex-none text-tone-amber" />
              {warning.message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function StageBox({ row, stage, canWrite }: { row: ProjectRow; stage: Stage; canWrite: boolean }) {
  const t = useTranslations('production.projects');
  const today = useWorkDay();
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const setDates = useSetDates();
  const [change, setChange] = useState<StageChange>({});
  const state = stateOf(row, stage, today, shiftDay(today, 7));
  const plan = planned(row, stage);
  const hinted = row.warnings.some(({ field }) => field === firstDay(stage) || field === lastDay(stage));
  const name = t(`stages.${stage}`);
  const note = row[noteOf(stage)];
  const over = doneOn(row, stage);

  function end(last: StageChange) {
    setEditing(false);
    setChange({});
    const fields = changed(row, last);
    if (Object.keys(fields).length > 0) void setDates([{ row, fields }]);
  }

  const inside = (
    <>
      <span className="flex items-center gap-1.5 text-muted text-xs">
        {name}
        {hinted && <ExclamationTriangle aria-hidden="true" className="size-3 text-tone-amber" />}
      </span>{' '}
      <span className="truncate font-medium text-sm">
        {plan ? (
          <CivilDays start={plan.start} end={plan.end} />
        ) : (
          <span className="font-normal text-muted">{t('noDate')}</span>
        )}
      </span>{' '}
      {state !== 'none' && (
        <span className="text-xs">
          <StateDot tone={toneOf[state]}>{t(`states.${state}`)}</StateDot>
          {over && (
            <span className="text-muted">
              {' '}
              <CivilDate on={over} within />
            </span>
          )}
        </span>
      )}{' '}
      {note && (
        <span className="truncate text-muted text-xs" title={note}>
          {note}
        </span>
      )}
    </>
  );
  if (!canWrite) return <div className="stage-strip__box">{inside}</div>;
  return (
    <>
      <button
        ref={button}
        type="button"
        className="stage-strip__box stage-strip__box--button"
        aria-haspopup="dialog"
        aria-expanded={editing}
        onClick={() => setEditing(true)}
      >
        {inside}
      </button>
      <Popover isOpen={editing} onOpenChange={open => !open && end(change)}>
        <Popover.Content placement="bottom start" triggerRef={button} className="stage-popover">
          <Popover.Dialog aria-label={name} className="p-0">
            <p className="stage-popover__title">{name}</p>
            <StageEditor
              row={row}
              stage={stage}
              name={name}
              today={today}
              change={change}
              onChange={setChange}
              onEnd={end}
              onLeave={() => end({})}
            />
          </Popover.Dialog>
        </Popover.Content>
      </Popover>
    </>
  );
}
