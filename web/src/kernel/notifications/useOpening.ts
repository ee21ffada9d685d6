import { use, useCallback } from 'react';
import { useNavigate } from 'react-router';
import type { NotificationRow } from '@/api/types.gen';
import { request } from '../http/request';
import type { Job } from '../jobs/job';
import { useJobOutcome } from '../jobs/outcome';
import { LoadedModules } from '../loadedModules';

/** Where a notification leads: an address, something to do, or nowhere. */
export type Opening = string | (() => void) | undefined;

export function useOpening(): (row: NotificationRow) => Opening {
  const modules = use(LoadedModules);
  const navigate = useNavigate();
  const outcome = useJobOutcome();
  return useCallback(
    row => {
      if (row.record) {
        const { noun, id } = row.record;
        const found = modules.flatMap(module => module.nouns).find(one => one.key === noun);
        return found && `${found.nav.path}/${id}`;
      }
      if (row.jobId) {
        const path = `/api/v1/jobs/${row.jobId}`;
        return () => {
          void request<Job>('GET', path).then(
            job => outcome(job)?.run(),
            () => undefined,
          );
        };
      }
      return row.kind === 'backup_failed' ? () => void navigate('/backup') : undefined;
    },
    [modules, navigate, outcome],
  );
}
