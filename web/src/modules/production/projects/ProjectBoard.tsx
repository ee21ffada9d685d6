import CheckCircle from '@heroicons/react/16/solid/CheckCircleIcon';
import { useTranslations } from 'use-intl';
import type { ProjectRow, ProjectStatus } from '@/api/types.gen';
import type { ListViewProps } from '@/kernel/records/noun';
import { useAllRecords } from '@/kernel/records/useRecords';
import { Board } from '@/ui/board/Board';
import { BoardSkeleton } from '@/ui/board/BoardSkeleton';
import { CivilDate } from '@/ui/parts/Moment';
import { StateDot } from '@/ui/parts/StateDot';
import { LoadFailed } from '../LoadFailed';
import { projects } from './collection';
import { statusTones } from './statuses';
import { useMoveProject } from './useMoveProject';

/** Projects side by side by status: cards are dragged, or sent by their menu. */
export default function ProjectBoard({ state, query, openedId, open, canWrite }: ListViewProps<ProjectRow>) {
  const t = useTranslations('production.projects');
  const move = useMoveProject();
  const found = useAllRecords<ProjectRow>(projects, query);
  if (!found.data) {
    return found.error ? <LoadFailed problem={found.error} retry={found.refetch} /> : <BoardSkeleton columns={6} />;
  }
  const { items } = found.data;
  const asked = state.filters.status?.split(',');
  const columns = (Object.keys(statusTones) as ProjectStatus[]).filter(
    status => asked?.includes(status) ?? (status !== 'archived' && status !== 'cancelled'),
  );
  return (
    <Board<ProjectRow>
      label={t('board')}
      columns={columns.map(status => ({
        id: status,
        name: t(`statuses.${status}`),
        tone: statusTones[status],
        count: items.filter(card => card.status === status).length,
      }))}
      cards={id => items.filter(card => card.status === id)}
      cardId={card => card.id}
      cardName={card => card.title}
      draw={card => <Card row={card} />}
      onOpen={open}
      openedId={openedId}
      {...(canWrite
        ? {
            onMove: (id, to) => {
              const card = items.find(one => one.id === id);
              if (card) void move(card, to as ProjectStatus);
            },
          }
        : {})}
      moves={card => card.allowedMoves}
    />
  );
}

function Card({ row }: { row: ProjectRow }) {
  const t = useTranslations('production.projects');
  return (
    <>
      <p className="truncate font-medium">{row.title}</p>
      <p className="flex gap-2 text-muted">
        <span className="min-w-0 flex-1 truncate">{row.code}</span>
        {row.overdue ? (
          <StateDot tone="red">{t('late')}</StateDot>
        ) : (
          row.deliveryDate && <CivilDate on={row.deliveryDate} />
        )}
      </p>
      <p className="flex min-h-5 items-center gap-2.5 text-muted text-xs/5">
        <span className="min-w-0 truncate">{row.producerName}</span>
        {row.taskCount > 0 && (
          <span className="ms-auto flex flex-none items-center gap-1 tabular-nums">
            <CheckCircle
              className="size-3"
              role="img"
              aria-label={t('tasks', { done: row.tasksDone, count: row.taskCount })}
            />
            <span aria-hidden="true">
              {row.tasksDone}/{row.taskCount}
            </span>
          </span>
        )}
      </p>
    </>
  );
}
