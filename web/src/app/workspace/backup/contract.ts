import type { BackupLogRow, BackupOverview, BackupReport, BackupRow, ExchangeFormat } from '@/api/types.gen';
import type { Job } from '@/kernel/jobs/job';

export type { BackupStatus } from '@/api/types.gen';

export type BackupFormat = ExchangeFormat;
export type Verification = BackupReport;

// The description of the API calls some words and objects by no name of their own.

export type Backup = Omit<BackupRow, 'formats'> & { formats: BackupFormat[] };
export type BackupStanding = Omit<BackupOverview, 'running' | 'last' | 'lastGood'> & {
  running: Job | null;
  last: Backup | null;
  lastGood: Backup | null;
};
export type BackupLogEntry = Omit<BackupLogRow, 'detail'> & { detail: Readonly<Record<string, unknown>> | null };

export interface BackupPage {
  items: Backup[];
  total: number;
  page: number;
}

export interface BackupSettings {
  enabled: boolean;
  time: string;
  retentionDays: number;
  formats: BackupFormat[];
}

export type KeptState = 'same' | 'changed' | 'missing' | 'trashed';

export interface KeptRecord {
  id: string;
  name: string;
  state: KeptState;
}

export interface RestoreWish {
  noun?: string;
  recordIds?: string[];
  mode: 'merge' | 'replace';
}

export interface RestorePreview {
  added: number;
  changed: number;
  removed: number;
  unchanged: number;
  nouns: { noun: string; added: number; changed: number; removed: number }[];
  sample: {
    noun: string;
    id: string;
    name: string;
    change: 'added' | 'changed' | 'removed';
    fields: { field: string; before: unknown; after: unknown }[];
  }[];
  /** `missing` is an id. */
  dangling: { noun: string; id: string; name: string; field: string; missing: string }[];
  /** Records of people who were erased since: they stay away. */
  erased: number;
  /** Records whose place somebody else has: while there is one, nothing is restored. */
  conflicts: { noun: string; id: string; name: string; reason: string }[];
}
