import CheckCircle from '@heroicons/react/16/solid/CheckCircleIcon';
import { Link } from 'react-router';
import { useTranslations } from 'use-intl';
import type { ProjectRow, ProjectStatus } from '@/api/types.gen';
import { useBoard } from '@/kernel/records/boards';
import type { ListViewProps } from '@/kernel/records/noun';
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
  const board = useBoard<ProjectRow>(projects, query);
  if (!board.data) {
    return board.error ? <LoadFailed problem={board.error} retry={board.refetch} /> : <BoardSkeleton columns={6} />;
  }
  const asked = state.filters.status?.split(',');
  const columns = board.data.columns.filter(
    column => asked?.includes(column.key) ?? (column.key !== 'archived' && column.key !== 'cancelled'),
  );
  const cards = new Map(columns.map(column => [column.key, column.items]));
  const find = (id: string) => columns.flatMap(column => column.items).find(card => card.id === id);
  return (
    <Board<ProjectRow>
      label={t('board')}
      columns={columns.map(column => ({
        id: column.key,
        name: t(`statuses.${column.key as ProjectStatus}`),
        tone: statusTones[column.key as ProjectStatus],
        count: column.count,
      }))}
      cards={id => cards.get(id) ?? []}
      cardId={card => card.id}
      cardName={card => card.title}
      draw={card => <Card row={card} />}
      onOpen={open}
      openedId={openedId}
      {...(canWrite
        ? {
            onMove: (id, to) => {
              const card = find(id);
              if (card) void move(card, to as ProjectStatus);
            },
          }
        : {})}
      moves={card => card.allowedMoves}
      {...(board.complete ? {} : { onMore: board.onMore })}
      foot={id => {
        const rest = (columns.find(column => column.key === id)?.count ?? 0) - (cards.get(id)?.length ?? 0);
        return rest > 0 && board.complete ? (
          <Link to={`/projects?view=table&status=${id}`} className="board__foot">
            {t('moreInTable', { count: rest })}
          </Link>
        ) : null;
      }}
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
