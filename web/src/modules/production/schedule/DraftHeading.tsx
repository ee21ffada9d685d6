import QueueList from '@heroicons/react/16/solid/QueueListIcon';
import { Button } from '@heroui/react/button';
import { useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import type { ScheduleVersionRow } from '@/api/types.gen';
import { FieldValue } from '@/kernel/records/FieldValue';
import type { RecordPartProps } from '@/kernel/records/noun';

/** Under a draft's name: how far it is agreed, and the way to its dates. */
export default function DraftHeading({ noun, row }: RecordPartProps<ScheduleVersionRow>) {
  const t = useTranslations('production.schedule');
  const navigate = useNavigate();
  return (
    <div className="mt-1 flex flex-wrap items-center gap-3 text-sm">
      <FieldValue noun={noun} name="status" value={row.status} />
      <Button size="sm" variant="outline" onPress={() => void navigate(`/schedule?draft=${row.id}`)}>
        <QueueList />
        {t('openDraft')}
      </Button>
    </div>
  );
}
