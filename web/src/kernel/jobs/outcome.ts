import { use, useCallback } from 'react';
import { useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import { warn } from '@/ui/overlays/notify';
import { importPath, nounOfExchange } from '../exchange/names';
import { fetchFile } from '../http/fetchFile';
import { isProblem } from '../http/problem';
import { LoadedModules } from '../loadedModules';
import type { Job } from './job';

export interface JobOutcome {
  label: string;
  run: () => void;
}

/** What a finished job left behind: a file to download, or a screen to look at. */
export function useJobOutcome(): (job: Job) => JobOutcome | undefined {
  const t = useTranslations('jobs');
  const modules = use(LoadedModules);
  const navigate = useNavigate();
  return useCallback(
    job => {
      if (job.status !== 'succeeded' && job.kind === 'export') return undefined;
      const { importId, noun } = job.result ?? {};
      switch (job.kind) {
        case 'export':
          return {
            label: t('download'),
            run: () =>
              void fetchFile(`/api/v1/exchange/exports/${job.id}/link`).catch(error => {
                if (!isProblem(error)) throw error;
                warn(t('downloadFailed'), error.message);
              }),
          };
        case 'check_import':
        case 'import':
        case 'undo_import': {
          const found = typeof noun === 'string' ? nounOfExchange(modules, noun) : undefined;
          if (!found || typeof importId !== 'string') return undefined;
          return { label: t('open'), run: () => void navigate(importPath(found, importId)) };
        }
        case 'backup':
        case 'restore':
          return { label: t('open'), run: () => void navigate('/backup') };
        default:
          return undefined;
      }
    },
    [t, modules, navigate],
  );
}
