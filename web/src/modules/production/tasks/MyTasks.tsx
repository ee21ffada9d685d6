import ClockIcon from '@heroicons/react/16/solid/ClockIcon';
import { Button } from '@heroui/react/button';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { useTranslations } from 'use-intl';
import type { TaskRow } from '@/api/types.gen';
import { isProblem, type Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { refetch } from '@/kernel/records/changes';
import { recordKeys } from '@/kernel/records/keys';
import { useMe } from '@/kernel/session/useSession';
import { classes } from '@/ui/classes';
import { shiftDay } from '@/ui/days';
import { usePhone } from '@/ui/media';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import { notify, warn } from '@/ui/overlays/notify';
import { PageBar } from '@/ui/PageBar';
import { Checkmark } from '@/ui/parts/Checkmark';
import { EmptyState } from '@/ui/parts/EmptyState';
import { SkeletonRows } from '@/ui/parts/Skeletons';
import { ColorDot } from '@/ui/parts/StateDot';
import { useWorkDay } from '@/ui/workDay';
import { LoadFailed } from '../LoadFailed';
import { askTime } from './askTime';
import { tasks, useTaskStatuses } from './collection';
import { DueDate } from './DueDate';

/** What one has to do on all projects, the most urgent first; done with one press. */
export default function MyTasks() {
  const t = useTranslations('production.myTasks');
  const [params, setParams] = useSearchParams();
  const phone = usePhone();
  const done = params.get('done') === 'true';
  const found = useQuery<{ items: TaskRow[] }, Problem>({
    queryKey: [...recordKeys.lists(tasks.key), 'mine', done],
    queryFn: ({ signal }) => request('GET', `${tasks.path}/mine`, { query: { done }, signal }),
  });
  const items = found.data?.items ?? [];
  const tabs = (
    <nav className="list-tabs" aria-label={t('title')}>
      {[false, true].map(one => (
        <button
          key={String(one)}
          type="button"
          aria-current={one === done ? 'page' : undefined}
          className={classes('list-tabs__item', one === done && 'list-tabs__item--on')}
          onClick={() => setParams(one ? { done: 'true' } : {}, { replace: true })}
        >
          {t(one ? 'done' : 'open')}
        </button>
      ))}
    </nav>
  );
  return (
    <>
      <PageBar title={t('title')} count={found.data ? items.length : undefined} tabs={phone ? undefined : tabs} />
      {phone && tabs}
      <section className="dashboard" aria-label={t('title')}>
        {found.error && !found.data ? (
          <LoadFailed problem={found.error} retry={found.refetch} />
        ) : !found.data ? (
          <SkeletonRows />
        ) : items.length === 0 ? (
          <EmptyState title={t(done ? 'noneDone' : 'none')} sentence={t(done ? 'noneDoneSentence' : 'noneSentence')} />
        ) : done ? (
          <Group name={null} items={items} />
        ) : (
          <Groups items={items} />
        )}
      </section>
    </>
  );
}

function Groups({ items }: { items: readonly TaskRow[] }) {
  const t = useTranslations('production.myTasks');
  const today = useWorkDay();
  const week = shiftDay(today, 7);
  const groups = {
    late: items.filter(task => task.overdue),
    today: items.filter(task => !task.overdue && task.due === today),
    week: items.filter(task => task.due && task.due > today && task.due <= week),
    // Of a project that is over, a date that has passed presses nobody.
    later: items.filter(task => task.due && (task.due > week || (task.due < today && !task.overdue))),
    undated: items.filter(task => !task.due),
  };
  return (
    <div className="pb-8">
      {(Object.keys(groups) as (keyof typeof groups)[]).map(
        name => groups[name].length > 0 && <Group key={name} name={t(`groups.${name}`)} items={groups[name]} />,
      )}
    </div>
  );
}

function Group({ name, items }: { name: string | null; items: readonly TaskRow[] }) {
  const list = (
    <ul>
      {items.map(task => (
        <Task key={task.id} task={task} />
      ))}
    </ul>
  );
  if (name === null) return list;
  return (
    <section aria-label={name}>
      <h2 className="task-group">
        {name} <span className="font-normal text-muted tabular-nums">{items.length}</span>
      </h2>
      {list}
    </section>
  );
}

function Task({ task }: { task: TaskRow }) {
  const t = useTranslations('production.myTasks');
  const c = useTranslations('production.common');
  const readOnly = useMe().viewAs !== null;
  const statuses = useTaskStatuses();
  const doneStatus = statuses.find(status => status.isDone);
  const firstStatus = statuses.find(status => status.isDefault);

  async function report(statusId: string, undo = true) {
    try {
      await request('POST', `${tasks.path}/${task.id}/progress`, { body: { statusId } });
      const name = statuses.find(status => status.id === statusId)?.name ?? '';
      notify(
        t('reported', { name: task.title, status: name }),
        undo ? { label: c('undo'), run: () => void report(task.statusId, false) } : undefined,
      );
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(c('notSaved', { name: task.title }), error.message);
    } finally {
      void refetch(tasks);
    }
  }
  const target = task.isDone ? firstStatus : doneStatus;

  return (
    <li className="task-row">
      {!readOnly && target && (
        <Checkmark
          label={t(task.isDone ? 'reopen' : 'finish', { name: task.title })}
          checked={task.isDone}
          onToggle={() => void report(target.id)}
        />
      )}
      <span className="task-row__what">
        <Link to={`/tasks/${task.id}`} className="grid-link truncate font-medium">
          {task.title}
        </Link>
        <Link to={`/projects/${task.projectId}`} className="truncate text-muted text-xs/6 hover:underline">
          {task.projectTitle}
        </Link>
      </span>
      <span className="task-row__due">
        <DueDate row={task} />
      </span>
      {readOnly || statuses.length === 0 ? (
        <span className="task-row__state">
          <ColorDot color={task.statusColor}>{task.statusName}</ColorDot>
        </span>
      ) : (
        <ActionMenu
          label={t('status', { name: task.title })}
          actions={statuses
            .filter(status => status.id !== task.statusId)
            .map(status => ({
              id: status.id,
              label: status.name,
              icon: <ColorDot color={status.color}>{''}</ColorDot>,
              run: () => void report(status.id),
            }))}
        >
          <Button
            size="sm"
            variant="ghost"
            className="task-row__state justify-start"
            aria-label={`${t('status', { name: task.title })}: ${task.statusName}`}
          >
            <ColorDot color={task.statusColor}>{task.statusName}</ColorDot>
          </Button>
        </ActionMenu>
      )}
      {!readOnly && (
        <Button
          isIconOnly
          size="sm"
          variant="ghost"
          className="text-muted"
          aria-label={t('time', { name: task.title })}
          onPress={() => void askTime(task)}
        >
          <ClockIcon />
        </Button>
      )}
    </li>
  );
}
