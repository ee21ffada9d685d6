import type { BackupLogRow, BackupOverview, RestoreRequest } from '@/api/types.gen';
import type { Job } from '@/kernel/jobs/job';

export type {
  BackupRecordRow as KeptRecord,
  BackupReport as Verification,
  BackupRow as Backup,
  BackupSettings,
  BackupStatus,
  ExchangeFormat as BackupFormat,
  RecordPageOfBackupRecordRow as KeptRecordPage,
  RecordPageOfBackupRow as BackupPage,
  RestorePreview,
  RestoreState as KeptState,
} from '@/api/types.gen';

/** What is restored is always chosen here; the API would take a default. */
export type RestoreWish = RestoreRequest & Required<Pick<RestoreRequest, 'mode'>>;

// The description of the API knows that these are objects, not what is in them.

export type BackupStanding = Omit<BackupOverview, 'running'> & { running: Job | null };
export type BackupLogEntry = Omit<BackupLogRow, 'detail'> & { detail: Readonly<Record<string, unknown>> | null };
export interface BackupLogPage {
  items: BackupLogEntry[];
  total: number;
  page: number;
}
