import { Button } from '@heroui/react/button';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useTranslations } from 'use-intl';
import { EmptyState } from '@/ui/parts/EmptyState';
import { ErrorState } from '@/ui/parts/ErrorState';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import type { Problem } from '../http/problem';

interface Answer<Item> {
  data: { items: readonly Item[] } | undefined;
  error: Problem | null;
  refetch: () => unknown;
}

/** Records that belong to another one, in a tab of its panel: links to them, and a way to add one. */
export function RelatedList<Item>(props: {
  answer: Answer<Item>;
  empty: { title: string; sentence: string };
  add?: { label: string; run: () => void } | undefined;
  itemKey: (item: Item) => string;
  /** Where the item opens; without it the row is no link. */
  href?: (item: Item) => string;
  draw: (item: Item) => ReactNode;
}) {
  const t = useTranslations('records');
  const { data, error } = props.answer;
  const add = props.add && (
    <Button size="sm" variant="outline" onPress={props.add.run}>
      {props.add.label}
    </Button>
  );
  if (error && !data) {
    return (
      <ErrorState
        title={t('loadFailed')}
        sentence={error.message}
        traceId={error.traceId}
        onRetry={() => void props.answer.refetch()}
      />
    );
  }
  if (!data) return <SkeletonLines lines={5} />;
  if (data.items.length === 0) {
    return (
      <EmptyState title={props.empty.title} sentence={props.empty.sentence}>
        {add}
      </EmptyState>
    );
  }
  return (
    <>
      {add && <div className="mb-2 flex justify-end">{add}</div>}
      <ul className="related-list">
        {data.items.map(item => (
          <li key={props.itemKey(item)}>
            {props.href ? (
              <Link to={props.href(item)} className="related-list__row related-list__row--link">
                {props.draw(item)}
              </Link>
            ) : (
              <div className="related-list__row">{props.draw(item)}</div>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
