import DocumentDuplicate from '@heroicons/react/16/solid/DocumentDuplicateIcon';
import Plus from '@heroicons/react/16/solid/PlusIcon';
import { Button } from '@heroui/react/button';
import { useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import type { ScheduleVersionRow } from '@/api/types.gen';
import { askRecord } from '@/kernel/records/askRecord';
import { useRecordPage } from '@/kernel/records/useRecords';
import { useAccess } from '@/kernel/session/useSession';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import versions from '../schedule-versions.noun';

/** The drafts that are not applied yet, and the way to a new one. */
export function DraftMenu() {
  const t = useTranslations('production.schedule');
  const navigate = useNavigate();
  const can = useAccess();
  const may = can('schedule', 'write');
  const { data } = useRecordPage<ScheduleVersionRow>(versions, { status: 'draft,locked', sort: '-createdAt' }, 20);
  const drafts = data?.items ?? [];
  if (!may && drafts.length === 0) return null;

  async function create() {
    const row = await askRecord(versions);
    if (row) void navigate(`/schedule?draft=${row.id}`);
  }

  return (
    <ActionMenu
      label={t('drafts')}
      actions={[
        ...drafts.map(draft => ({
          id: draft.id,
          label: `${draft.name} · ${draft.projectTitle}`,
          run: () => void navigate(`/schedule?draft=${draft.id}`),
        })),
        ...(may ? [{ id: 'new', label: t('newDraft'), icon: <Plus />, run: () => void create() }] : []),
        ...(drafts.length > 0
          ? [{ id: 'all', label: t('allDrafts'), run: () => void navigate('/schedule-drafts') }]
          : []),
      ]}
    >
      <Button variant="outline">
        <DocumentDuplicate />
        <span className="max-sm:sr-only">{t('drafts')}</span>
        {drafts.length > 0 && <span className="text-muted tabular-nums">{drafts.length}</span>}
      </Button>
    </ActionMenu>
  );
}
