import CalendarDays from '@heroicons/react/16/solid/CalendarDaysIcon';
import NoSymbol from '@heroicons/react/16/solid/NoSymbolIcon';
import { Link } from 'react-router';
import { useTranslations } from 'use-intl';
import type { CandidateRow } from '@/api/types.gen';
import { useBoard } from '@/kernel/records/boards';
import type { ListViewProps } from '@/kernel/records/noun';
import { useMe } from '@/kernel/session/useSession';
import { Board } from '@/ui/board/Board';
import { BoardSkeleton } from '@/ui/board/BoardSkeleton';
import { Stars } from '@/ui/fields/Rating';
import { ErrorState } from '@/ui/parts/ErrorState';
import { Moment } from '@/ui/parts/Moment';
import { candidates } from './collection';
import { DaysInStage } from './DaysInStage';
import { nextStages, type Stage, stageTones } from './stages';
import { useMoveCandidate } from './useMoveCandidate';

/** The stages side by side: cards are dragged, or sent by their menu. */
export default function CandidateBoard({ state, query, openedId, open, canWrite }: ListViewProps<CandidateRow>) {
  const t = useTranslations('candidates');
  const move = useMoveCandidate();
  const isAdmin = useMe().user.role === 'admin';
  const board = useBoard<CandidateRow>(candidates, query);

  if (!board.data) {
    return board.error ? (
      <ErrorState
        title={t('boardFailed')}
        sentence={board.error.message}
        traceId={board.error.traceId}
        onRetry={() => void board.refetch()}
      />
    ) : (
      <BoardSkeleton columns={Object.keys(stageTones).length} />
    );
  }
  const asked = state.filters.status?.split(',');
  const columns = board.data.columns.filter(column => asked?.includes(column.key) ?? true);
  const cards = new Map<string, CandidateRow[]>(columns.map(column => [column.key, column.items]));
  const find = (id: string) => columns.flatMap(column => column.items).find(card => card.id === id);
  return (
    <Board<CandidateRow>
      label={t('board')}
      columns={columns.map(column => ({
        id: column.key,
        name: t(`stages.${column.key as Stage}`),
        tone: stageTones[column.key as Stage],
        count: column.count,
      }))}
      cards={id => cards.get(id) ?? []}
      cardId={card => card.id}
      cardName={card => card.fullName}
      draw={card => <Card row={card} />}
      onOpen={open}
      openedId={openedId}
      {...(canWrite
        ? {
            onMove: (id, to) => {
              const card = find(id);
              if (card) void move(card, to as Stage);
            },
          }
        : {})}
      moves={card => nextStages(card.status, isAdmin)}
      {...(board.complete ? {} : { onMore: board.onMore })}
      foot={id => {
        const rest = (columns.find(column => column.key === id)?.count ?? 0) - (cards.get(id)?.length ?? 0);
        return rest > 0 && board.complete ? (
          <Link to={`/candidates?status=${id}`} className="board__foot">
            {t('moreInTable', { count: rest })}
          </Link>
        ) : null;
      }}
    />
  );
}

function Card({ row }: { row: CandidateRow }) {
  const t = useTranslations('candidates');
  return (
    <>
      <p className="flex items-center gap-1.5 font-medium">
        <span className="truncate">{row.fullName}</span>
        {row.doNotHire && (
          <NoSymbol className="size-3.5 flex-none text-danger" role="img" aria-label={t('doNotHire')} />
        )}
      </p>
      <p className="flex gap-2 text-muted">
        <span className="min-w-0 flex-1 truncate">{row.position ?? t('noPosition')}</span>
        <span className="flex-none text-xs/5">
          <DaysInStage row={row} />
        </span>
      </p>
      <p className="flex min-h-5 items-center gap-2.5 text-muted text-xs/5">
        {row.rating > 0 && <Stars value={row.rating} most={3} />}
        {row.nextInterviewAt && (
          <span className="flex min-w-0 items-center gap-1">
            <CalendarDays className="size-3 flex-none" role="img" aria-label={t('nextInterview')} />
            <span className="truncate">
              <Moment at={row.nextInterviewAt} time={false} />
            </span>
          </span>
        )}
      </p>
    </>
  );
}
