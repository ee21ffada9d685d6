import { useQuery } from '@tanstack/react-query';
import type { TaskStatusRow } from '@/api/types.gen';
import type { Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { recordKeys } from '@/kernel/records/keys';
import type { RecordPage } from '@/kernel/records/useRecords';

/** Where tasks and what they are made of live: for the parts their own declarations are made of. */
export const tasks = { key: 'tasks', path: '/api/v1/production/tasks' } as const;
export const taskTypes = { key: 'task-types', path: '/api/v1/production/task-types' } as const;
export const taskStatuses = { key: 'task-statuses', path: '/api/v1/production/task-statuses' } as const;
export const timeEntries = { key: 'time-entries', path: '/api/v1/production/time-entries' } as const;

/** The states tasks can be in, in the workspace's order. */
export function useTaskStatuses(): readonly TaskStatusRow[] {
  const { data } = useQuery<RecordPage<TaskStatusRow>, Problem>({
    queryKey: [...recordKeys.lists(taskStatuses.key), 'ordered'],
    queryFn: ({ signal }) => request('GET', taskStatuses.path, { query: { sort: 'sort', limit: 100 }, signal }),
    staleTime: 300_000,
  });
  return data?.items ?? [];
}
