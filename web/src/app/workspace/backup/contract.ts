import type { Job } from '@/kernel/jobs/job';

export type BackupFormat = 'json' | 'csv' | 'sql' | 'xlsx';
export type BackupKind = 'scheduled' | 'manual' | 'pre_import' | 'pre_restore' | 'pre_delete';
export type BackupStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'expired';

export interface Backup {
  id: string;
  kind: BackupKind;
  status: BackupStatus;
  formats: BackupFormat[];
  /** Null: all of them. */
  nouns: string[] | null;
  size: number;
  sha256: string | null;
  rowCounts: Record<string, number>;
  fileCount: number;
  schemaVersion: string | null;
  startedAt: string;
  finishedAt: string | null;
  error: string | null;
  expiresAt: string | null;
  pinned: boolean;
  requestedBy: { id: string | null; name: string } | null;
  jobId: string | null;
}

export interface BackupStanding {
  nextRunAt: string | null;
  timeZone: string;
  scheduledAt: string;
  enabled: boolean;
  retentionDays: number;
  running: Job | null;
  last: Backup | null;
  lastGood: Backup | null;
  totalSize: number;
  trend: { at: string; size: number }[];
}

export interface BackupPage {
  items: Backup[];
  total: number;
  page: number;
}

export interface Verification {
  intact: boolean;
  checkedFiles: number;
  checkedRows: number;
  problems: string[];
}

export interface BackupLogEntry {
  id: string;
  at: string;
  event: string;
  backupId: string | null;
  actor: { id: string | null; name: string } | null;
  detail: Record<string, unknown> | null;
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
  dangling: { noun: string; id: string; name: string; field: string; missing: string }[];
}
