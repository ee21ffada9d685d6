-- Each backup that was asked for. The row outlives its file, so that the history tells what there was.
create table kernel.backup (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null constraint ck_backup_kind check (kind in ('scheduled', 'manual', 'pre_import', 'pre_restore', 'pre_delete')),
  status text not null constraint ck_backup_status check (status in ('queued', 'running', 'succeeded', 'failed', 'expired')),
  formats text[] not null,
  nouns text[],
  file_id uuid,
  size bigint,
  sha256 text,
  row_counts jsonb not null,
  file_count integer not null,
  schema_version text,
  error text,
  pinned boolean not null,
  local_date date,
  job_id uuid,
  requested_by_id uuid,
  requested_by_name text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  expires_at timestamptz,
  constraint pk_backup primary key (tenant_id, id),
  constraint ck_backup_file check (status <> 'succeeded' or (file_id is not null and sha256 is not null and finished_at is not null))
);
-- One nightly backup for each of the tenant's days, whoever finds it due.
create unique index ux_backup_local_date on kernel.backup (tenant_id, local_date) where local_date is not null;
create index ix_backup_created_at on kernel.backup (tenant_id, created_at desc, id desc);
select kernel.protect('kernel.backup');

create table kernel.backup_log (
  tenant_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  event text not null constraint ck_backup_log_event check (event in ('scheduled', 'requested', 'started', 'succeeded', 'failed', 'downloaded', 'verified', 'restored', 'restore_failed', 'pinned', 'unpinned', 'deleted', 'retention_purged', 'settings_changed')),
  backup_id uuid,
  actor_id uuid,
  actor_name text not null,
  detail jsonb,
  constraint pk_backup_log primary key (tenant_id, id)
);
create index ix_backup_log_at on kernel.backup_log (tenant_id, at desc, id desc);
select kernel.protect('kernel.backup_log');

-- A tenant that never chose has no row and gets the defaults.
create table kernel.backup_plan (
  tenant_id uuid constraint pk_backup_plan primary key,
  enabled boolean not null,
  at time not null,
  retention_days integer not null constraint ck_backup_plan_retention_days check (retention_days between 1 and 3650),
  formats text[] not null
);
select kernel.protect('kernel.backup_plan');

-- Whose data was erased: a restore from an older backup must not bring it back, however old the backup.
create table kernel.erasure (
  tenant_id uuid not null,
  target text not null,
  entity_id uuid not null,
  erased_at timestamptz not null,
  constraint pk_erasure primary key (tenant_id, target, entity_id)
);
select kernel.protect('kernel.erasure');
