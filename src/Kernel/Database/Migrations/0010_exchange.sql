-- An upload on its way from file to records, each of its rows, and what a source's headers meant the last time.
create table kernel.import_run (
  tenant_id uuid not null,
  id uuid not null,
  noun text not null,
  file_name text not null,
  format text not null constraint ck_import_run_format check (format in ('json', 'csv', 'sql', 'xlsx')),
  status text not null constraint ck_import_run_status check (status in ('uploaded', 'mapped', 'validated', 'running', 'completed', 'failed', 'undone')),
  file_id uuid,
  rows integer not null,
  detection jsonb not null,
  columns jsonb not null,
  signature text not null,
  mapping jsonb,
  counts jsonb not null,
  job_id uuid,
  error_code text,
  error_detail text,
  undo jsonb,
  actor_id uuid not null,
  actor_name text not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  constraint pk_import_run primary key (tenant_id, id)
);
create index ix_import_run_created_at on kernel.import_run (tenant_id, created_at desc, id desc);
create index ix_import_run_noun on kernel.import_run (tenant_id, noun, created_at desc, id desc);
select kernel.protect('kernel.import_run');

create table kernel.import_row (
  tenant_id uuid not null,
  run_id uuid not null,
  n integer not null,
  cells text[] not null,
  action text not null constraint ck_import_row_action check (action in ('create', 'update', 'unchanged', 'skip', 'error')),
  record_id uuid,
  record_name text,
  matched_by text,
  changes jsonb,
  errors jsonb,
  warnings jsonb,
  skipped boolean not null,
  chosen_id uuid,
  version integer,
  undo text constraint ck_import_row_undo check (undo in ('reversed', 'kept', 'blocked')),
  undo_reason text,
  constraint pk_import_row primary key (tenant_id, run_id, n),
  constraint fk_import_row_run_id foreign key (tenant_id, run_id) references kernel.import_run (tenant_id, id) on delete cascade
);
create index ix_import_row_action on kernel.import_row (tenant_id, run_id, action, n);
select kernel.protect('kernel.import_row');

create table kernel.remembered_mapping (
  tenant_id uuid not null,
  noun text not null,
  signature text not null,
  mapping jsonb not null,
  updated_at timestamptz not null,
  constraint pk_remembered_mapping primary key (tenant_id, noun, signature)
);
select kernel.protect('kernel.remembered_mapping');
