import CheckCircle from '@heroicons/react/16/solid/CheckCircleIcon';
import ExclamationCircle from '@heroicons/react/16/solid/ExclamationCircleIcon';
import { Button } from '@heroui/react/button';
import { Popover } from '@heroui/react/popover';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ProgressRing } from '@/ui/parts/Progress';
import { JobLine } from './JobLine';
import { isActive, partOfAll } from './job';
import { putAway } from './putAway';
import { useTrayJobs } from './useJobs';

/** What goes on in the background for this person, and what came of it. Draws nothing while there is nothing. */
export function JobsTray({
  collapsed = false,
  placement = 'top start',
}: {
  collapsed?: boolean;
  placement?: 'top start' | 'bottom start';
}) {
  const t = useTranslations('jobs');
  const jobs = useTrayJobs();
  const [open, setOpen] = useState(false);

  if (jobs.length === 0) return null;
  const running = jobs.filter(isActive);
  const failed = jobs.filter(job => job.status === 'failed');
  const said =
    running.length === 1
      ? (running[0]?.title ?? '')
      : running.length > 1
        ? t('running', { count: running.length })
        : failed.length > 0
          ? t('failedCount', { count: failed.length })
          : t('finished', { count: jobs.length });
  const part = partOfAll(running);
  return (
    <Popover isOpen={open} onOpenChange={setOpen}>
      <Button variant="ghost" className="jobs-button" aria-label={collapsed ? said : undefined}>
        {running.length > 0 ? (
          <ProgressRing part={part} />
        ) : failed.length > 0 ? (
          <ExclamationCircle className="text-danger" />
        ) : (
          <CheckCircle className="text-success" />
        )}
        {!collapsed && <span className="min-w-0 flex-1 truncate text-start">{said}</span>}
        {!collapsed && running.length > 0 && part !== undefined && (
          <span className="text-muted tabular-nums">{Math.floor(part * 100)} %</span>
        )}
      </Button>
      <Popover.Content placement={placement} className="jobs-tray">
        <Popover.Dialog aria-label={t('title')} className="p-0">
          <header className="flex h-10 items-center justify-between border-border border-b ps-3 pe-1">
            <h2 className="font-semibold text-sm">{t('title')}</h2>
            {jobs.length > running.length && (
              <Button
                size="sm"
                variant="ghost"
                className="button--dense text-muted"
                onPress={() => {
                  putAway(...jobs.filter(job => !isActive(job)).map(job => job.id));
                  if (running.length === 0) setOpen(false);
                }}
              >
                {t('putAwayAll')}
              </Button>
            )}
          </header>
          <ul className="max-h-96 overflow-y-auto">
            {jobs.map(job => (
              <JobLine key={job.id} job={job} onLeave={() => setOpen(false)} />
            ))}
          </ul>
        </Popover.Dialog>
      </Popover.Content>
    </Popover>
  );
}
