import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useTimeZone, useTranslations } from 'use-intl';
import type { AccessCell } from '@/api/types.gen';
import { MomentInput } from '@/ui/fields/DateInput';
import { TextInput } from '@/ui/fields/TextInput';
import { Moment } from '@/ui/parts/Moment';
import { Why } from './Why';
import { type Wish, wishBack } from './wish';

/** Below the choice of a cell: why somebody got this exception and until when, and the rules that decided. */
export function CellDetails(props: { userId: string; page: string; cell: AccessCell; onSet?: (wish: Wish) => void }) {
  const { cell, onSet } = props;
  return (
    <>
      {cell.access !== 'inherit' && (
        <div className="border-border border-t p-3">
          {onSet ? <Note cell={cell} onSet={onSet} /> : <ReadNote cell={cell} />}
        </div>
      )}
      <div className="border-border border-t p-3">
        <Why userId={props.userId} page={props.page} cell={cell} />
      </div>
    </>
  );
}

function Note({ cell, onSet }: { cell: AccessCell; onSet: (wish: Wish) => void }) {
  const t = useTranslations('people');
  const zone = useTimeZone() ?? 'UTC';
  const [reason, setReason] = useState(cell.reason);
  const [expiresAt, setExpiresAt] = useState(cell.expiresAt);
  const changed = reason !== cell.reason || expiresAt !== cell.expiresAt;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={event => {
        event.preventDefault();
        if (changed) onSet({ ...wishBack(cell), reason, expiresAt } as Wish);
      }}
    >
      <TextInput
        label={t('reason')}
        placeholder={t('reasonHint')}
        value={reason}
        onChange={setReason}
        maxLength={500}
      />
      <MomentInput label={t('until')} value={expiresAt} onChange={setExpiresAt} zone={zone} zoneNote={t('untilHelp')} />
      {changed && (
        <div className="flex justify-end gap-2">
          <Button
            size="sm"
            variant="ghost"
            onPress={() => {
              setReason(cell.reason);
              setExpiresAt(cell.expiresAt);
            }}
          >
            {t('discard')}
          </Button>
          <Button size="sm" type="submit">
            {t('saveNote')}
          </Button>
        </div>
      )}
    </form>
  );
}

function ReadNote({ cell }: { cell: AccessCell }) {
  const t = useTranslations('people');
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-sm">
      <dt className="text-muted">{t('reason')}</dt>
      <dd>{cell.reason ?? '–'}</dd>
      <dt className="text-muted">{t('until')}</dt>
      <dd>{cell.expiresAt ? <Moment at={cell.expiresAt} /> : t('noEnd')}</dd>
    </dl>
  );
}
