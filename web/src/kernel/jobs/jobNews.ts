import { queryClient } from '../query';
import { isActive, type Job } from './job';

/** What the server says while a job runs. */
export type JobNews = Pick<Job, 'id' | 'kind' | 'status' | 'step' | 'done' | 'total'>;

export const jobKeys = {
  all: ['jobs'] as const,
  list: ['jobs', 'list'] as const,
  one: (id: string) => ['jobs', 'one', id] as const,
};

export interface JobPage {
  items: Job[];
}

/** Puts news into everything that shows the job; its end, and jobs not known yet, are read whole. */
export function takeJobNews(news: JobNews) {
  const known = queryClient.getQueryData<JobPage>(jobKeys.list)?.items.some(job => job.id === news.id) ?? false;
  if (!isActive(news) || !known) {
    void queryClient.invalidateQueries({ queryKey: jobKeys.list });
    void queryClient.invalidateQueries({ queryKey: jobKeys.one(news.id) });
    return;
  }
  const { status, step, done, total } = news;
  queryClient.setQueryData<Job>(jobKeys.one(news.id), job => job && { ...job, status, step, done, total });
  queryClient.setQueryData<JobPage>(
    jobKeys.list,
    page =>
      page && {
        ...page,
        items: page.items.map(job => (job.id === news.id ? { ...job, status, step, done, total } : job)),
      },
  );
}

/** Shows a job that was just asked for. */
export function showJob(job: Job) {
  queryClient.setQueryData(jobKeys.one(job.id), job);
  queryClient.setQueryData<JobPage>(
    jobKeys.list,
    page => page && { ...page, items: [job, ...page.items.filter(one => one.id !== job.id)] },
  );
  void queryClient.invalidateQueries({ queryKey: jobKeys.list });
}
