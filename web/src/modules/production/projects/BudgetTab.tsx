import PencilSquare from '@heroicons/react/16/solid/PencilSquareIcon';
import Trash from '@heroicons/react/16/solid/TrashIcon';
import { useQuery } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { BudgetLineRow, BudgetSums, ProjectBudgetView, ProjectRow } from '@/api/types.gen';
import type { Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { askRecord } from '@/kernel/records/askRecord';
import type { RecordRow } from '@/kernel/records/fields';
import { recordKeys } from '@/kernel/records/keys';
import type { RecordPartProps } from '@/kernel/records/noun';
import { RelatedList } from '@/kernel/records/RelatedList';
import { useRecordPage } from '@/kernel/records/useRecords';
import { useVerbs } from '@/kernel/records/useVerbs';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import budgets from '../budgets.noun';
import { departmentWords } from '../departments';
import { projects } from './collection';
import { Month } from './Month';

/** What was planned and what was spent, by month and department. */
export default function BudgetTab({ row }: RecordPartProps<ProjectRow>) {
  const t = useTranslations('production.projects');
  const r = useTranslations('records');
  const { number } = useFormatter();
  const verbs = useVerbs(budgets);
  const answer = useRecordPage<BudgetLineRow>(budgets, { projectId: row.id, sort: 'month,department' });
  const sums = useQuery<ProjectBudgetView, Problem>({
    // Under the lines' key: whoever changes a line changes the sums.
    queryKey: [...recordKeys.noun(budgets.key), 'sums', row.id],
    queryFn: ({ signal }) => request('GET', `${projects.path}/${row.id}/budget`, { signal }),
  });
  const may = !row.deletedAt;
  const money = (amount: number, currency: string) =>
    number(amount, { style: 'currency', currency, maximumFractionDigits: 0 });
  return (
    <div className="flex flex-col gap-4">
      {sums.data?.sums.map(one => (
        <Sum key={one.currency} sum={one} given={sums.data.currency === one.currency ? sums.data.budgetAmount : null} />
      ))}
      <RelatedList
        answer={answer}
        empty={{ title: t('noBudget'), sentence: t('noBudgetSentence') }}
        add={
          may
            ? { label: t('addBudget'), run: () => void askRecord(budgets, { given: { projectId: row.id } }) }
            : undefined
        }
        itemKey={line => line.id}
        draw={line => (
          <>
            <span className="w-24 flex-none">
              <Month of={line.month} />
            </span>
            <span className="min-w-0 flex-1 truncate">{departmentWords[line.department]}</span>
            <span className="w-24 flex-none text-end tabular-nums">{money(line.plannedAmount, line.currency)}</span>
            <span
              className={`w-24 flex-none text-end tabular-nums ${line.actualAmount > line.plannedAmount ? 'text-danger' : ''}`}
            >
              {money(line.actualAmount, line.currency)}
            </span>
            {may && (
              <ActionMenu
                label={`${r('actions')}: ${departmentWords[line.department]}`}
                quiet
                actions={[
                  {
                    id: 'edit',
                    label: r('edit'),
                    icon: <PencilSquare />,
                    run: () => void askRecord(budgets, { row: line as unknown as RecordRow }),
                  },
                  {
                    id: 'delete',
                    label: r('delete'),
                    icon: <Trash />,
                    danger: true,
                    run: () => void verbs.remove(line as unknown as RecordRow),
                  },
                ]}
              />
            )}
          </>
        )}
      />
    </div>
  );
}

/** One currency: what was given, planned and spent, as bars of one scale. */
function Sum({ sum, given }: { sum: BudgetSums; given: number | null }) {
  const t = useTranslations('production.projects');
  const { number } = useFormatter();
  const most = Math.max(1, given ?? 0, sum.planned, sum.actual);
  const bars = [
    ...(given === null ? [] : [{ name: t('given'), amount: given, tone: 'grey' }]),
    { name: t('states.planned'), amount: sum.planned, tone: given !== null && sum.planned > given ? 'amber' : 'blue' },
    { name: t('spent'), amount: sum.actual, tone: sum.actual > (given ?? sum.planned) ? 'red' : 'green' },
  ];
  return (
    <ul aria-label={t('budgetIn', { currency: sum.currency })}>
      {bars.map(bar => (
        <li key={bar.name} className="grid h-8 grid-cols-[72px_minmax(0,1fr)_112px] items-center gap-3 text-sm">
          <span className="text-muted">{bar.name}</span>
          <span aria-hidden="true" className="pipeline__track">
            <span
              className="pipeline__bar"
              style={
                {
                  '--part': `${Math.max(0.5, (bar.amount / most) * 100)}%`,
                  '--dot': `var(--tone-${bar.tone})`,
                } as CSSProperties
              }
            />
          </span>
          <span className="text-end tabular-nums">
            {number(bar.amount, { style: 'currency', currency: sum.currency, maximumFractionDigits: 0 })}
          </span>
        </li>
      ))}
    </ul>
  );
}
