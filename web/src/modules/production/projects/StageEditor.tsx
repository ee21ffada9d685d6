import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { ProjectRow } from '@/api/types.gen';
import { DateInput } from '@/ui/fields/DateInput';
import { TextInput } from '@/ui/fields/TextInput';
import { DateEditor } from '@/ui/stages/DateEditor';
import { readDay } from '@/ui/stages/readDay';
import { begin } from './dateChanges';
import { doneField, firstDay, lastDay, noteOf, type Stage, type StageChange } from './stages';

/** What is known of a stage: its days, when it was really over, and a note. Choosing its first day and Enter end it, Escape leaves it as it was. */
export function StageEditor(props: {
  row: ProjectRow;
  stage: Stage;
  name: string;
  today: string;
  change: StageChange;
  onChange: (change: StageChange) => void;
  onEnd: (change: StageChange) => void;
  onLeave: () => void;
}) {
  const { row, stage, today, change } = props;
  const t = useTranslations('production.projects');
  const now = { ...row, ...change };
  const first = now[firstDay(stage)];
  const done = doneField(stage);
  const put = (fields: StageChange) => props.onChange({ ...change, ...fields });
  const box = useRef<HTMLDivElement>(null);
  const { onLeave } = props;
  useEffect(() => {
    const there = box.current;
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onLeave();
    };
    there?.addEventListener('keydown', leave, true);
    return () => there?.removeEventListener('keydown', leave, true);
  }, [onLeave]);
  return (
    <div ref={box}>
      <DateEditor
        label={props.name}
        typed=""
        value={first ?? null}
        near={first ?? today}
        today={today}
        onSet={text => {
          const next = text === '' ? null : readDay(text, first ?? today, today);
          props.onEnd(next === (first ?? null) ? change : { ...change, ...begin(now, stage, next) });
        }}
      />
      <form
        noValidate
        className="stage-popover__more"
        onSubmit={event => {
          event.preventDefault();
          props.onEnd(change);
        }}
      >
        {first && (
          <DateInput
            label={t('until')}
            value={now[lastDay(stage)] ?? null}
            onChange={day => put({ [lastDay(stage)]: day })}
          />
        )}
        {done && <DateInput label={t('doneOn')} value={now[done] ?? null} onChange={day => put({ [done]: day })} />}
        <TextInput
          label={t('note')}
          maxLength={500}
          value={now[noteOf(stage)] ?? null}
          onChange={note => put({ [noteOf(stage)]: note })}
        />
      </form>
    </div>
  );
}
