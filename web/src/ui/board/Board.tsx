import ArrowsRightLeft from '@heroicons/react/16/solid/ArrowsRightLeftIcon';
import Bars2 from '@heroicons/react/16/solid/Bars2Icon';
import { type ReactNode, useRef } from 'react';
import { Button } from 'react-aria-components/Button';
import { Collection } from 'react-aria-components/Collection';
import { GridList, GridListItem, GridListLoadMoreItem } from 'react-aria-components/GridList';
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop';
import { ListLayout, Virtualizer } from 'react-aria-components/Virtualizer';
import { useTranslations } from 'use-intl';
import { ActionMenu, type MenuAction } from '../overlays/ActionMenu';
import { StateDot, type Tone } from '../parts/StateDot';

export interface BoardColumn {
  id: string;
  name: string;
  tone: Tone;
  /** How many there are; may be more than are drawn. */
  count: number;
  /** A second figure, like a sum of money. */
  sum?: ReactNode;
}

export interface BoardProps<Card extends object> {
  label: string;
  columns: readonly BoardColumn[];
  cards: (columnId: string) => readonly Card[];
  cardId: (card: Card) => string;
  cardName: (card: Card) => string;
  /** Up to three lines; the height is fixed so that thousands of cards can be drawn. */
  draw: (card: Card) => ReactNode;
  onOpen: (card: Card) => void;
  /** Without it nothing can be dragged. */
  onMove?: (cardId: string, toColumn: string) => void;
  /** Columns the card's menu offers; all others when left out. */
  moves?: (card: Card) => readonly string[];
  /** The end of a column came into sight, and there are more cards than are drawn. */
  onMore?: (columnId: string) => void;
  /** Under the last card of a column. */
  foot?: (columnId: string) => ReactNode;
  /** Further verbs of a card's menu. */
  actions?: (card: Card) => readonly MenuAction[];
  openedId?: string | undefined;
}

const dragType = 'application/x-tessera-card';
const cardHeight = 84;
const gap = 8;

/** Columns of cards: dragged by pointer or keyboard, or sent by their menu. */
export function Board<Card extends object>(props: BoardProps<Card>) {
  return (
    <section className="board" aria-label={props.label}>
      {props.columns.map(column => (
        <Column key={column.id} {...props} column={column} />
      ))}
    </section>
  );
}

function Column<Card extends object>(props: BoardProps<Card> & { column: BoardColumn }) {
  const { column, onMove, cardId, cardName } = props;
  const t = useTranslations('ui');
  const cards = props.cards(column.id);
  const list = useRef<HTMLDivElement>(null);
  const place = useRef<(id: string) => number>(() => -1);
  place.current = id => cards.findIndex(card => cardId(card) === id);
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: keys =>
      [...keys].map(key => {
        const card = cards.find(one => cardId(one) === key);
        return { [dragType]: String(key), 'text/plain': card ? cardName(card) : String(key) };
      }),
    acceptedDragTypes: [dragType],
    getDropOperation: (_, types) => (types.has(dragType) ? 'move' : 'cancel'),
    async onRootDrop(event) {
      for (const item of event.items) {
        if (item.kind !== 'text' || !item.types.has(dragType)) continue;
        const id = await item.getText(dragType);
        if (cards.some(card => cardId(card) === id)) continue;
        if (list.current) keepInSight(list.current, () => place.current(id));
        onMove?.(id, column.id);
      }
    },
  });
  return (
    <section className="board__column" aria-label={column.name}>
      <header className="board__head">
        <StateDot tone={column.tone}>{column.name}</StateDot>
        <span className="text-muted tabular-nums">{column.count}</span>
        {column.sum && <span className="ms-auto text-muted text-xs tabular-nums">{column.sum}</span>}
      </header>
      <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: cardHeight, gap, padding: 6 }}>
        <GridList
          ref={list}
          aria-label={column.name}
          className="board__list"
          selectionMode="none"
          {...(onMove ? { dragAndDropHooks } : {})}
          onAction={key => {
            const card = cards.find(one => cardId(one) === key);
            if (card) props.onOpen(card);
          }}
          renderEmptyState={() => <p className="px-2 py-4 text-center text-muted text-xs">{t('emptyColumn')}</p>}
        >
          <Collection items={cards} dependencies={[props.openedId, onMove === undefined]}>
            {card => (
              <GridListItem
                id={cardId(card)}
                textValue={cardName(card)}
                className="board__card group"
                data-opened={cardId(card) === props.openedId || undefined}
              >
                <div className="min-w-0 flex-1">{props.draw(card)}</div>
                <div className="flex flex-col items-center">
                  {onMove && (
                    <Button slot="drag" className="board__handle" aria-label={t('dragHint', { name: cardName(card) })}>
                      <Bars2 className="size-3.5" />
                    </Button>
                  )}
                  <ActionMenu
                    label={`${t('actions')}: ${cardName(card)}`}
                    quiet
                    actions={[
                      ...(onMove
                        ? props.columns
                            .filter(other => other.id !== column.id && (props.moves?.(card).includes(other.id) ?? true))
                            .map(other => ({
                              id: `move-${other.id}`,
                              label: `${t('moveTo')} ${other.name}`,
                              icon: <ArrowsRightLeft />,
                              run: () => onMove(cardId(card), other.id),
                            }))
                        : []),
                      ...(props.actions?.(card) ?? []),
                    ]}
                  />
                </div>
              </GridListItem>
            )}
          </Collection>
          {props.onMore && column.count > cards.length && (
            <GridListLoadMoreItem onLoadMore={() => props.onMore?.(column.id)} />
          )}
        </GridList>
      </Virtualizer>
      {props.foot?.(column.id)}
    </section>
  );
}

/**
 * The list scrolls to a card that was dropped on it as soon as it has it, to where the card stands before it is laid out.
 * Instead the column stays as it is, or goes just so far that the card is seen.
 */
function keepInSight(list: HTMLElement, place: () => number) {
  const abort = new AbortController();
  const before = list.scrollTop;
  const settle = () => {
    const at = place();
    const top = 6 + at * (cardHeight + gap);
    const seen = Math.min(Math.max(before, top + cardHeight + gap - list.clientHeight), top - gap);
    const wanted = at < 0 ? before : Math.max(0, seen);
    if (list.scrollTop !== wanted) list.scrollTop = wanted;
  };
  list.addEventListener('scroll', settle, { signal: abort.signal });
  for (const own of ['wheel', 'touchstart', 'keydown'] as const)
    list.addEventListener(own, () => abort.abort(), { signal: abort.signal });
  setTimeout(() => abort.abort(), 1_000);
}
