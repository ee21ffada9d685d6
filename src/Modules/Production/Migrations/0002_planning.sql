create table production.milestone (
  tenant_id uuid not null,
  id uuid not null,
  color text,
  date date not null,
  done_at timestamptz,
  key text,
  name text not null,
  project_id uuid not null,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_milestone primary key (tenant_id, id),
  constraint fk_milestone_project_id foreign key (tenant_id, project_id) references production.project (tenant_id, id)
);
create index ix_milestone_project_id on production.milestone (tenant_id, project_id);
create index ix_milestone_updated_at on production.milestone (tenant_id, updated_at, id) where deleted_at is null;
create index ix_milestone_date on production.milestone (tenant_id, date, id) where deleted_at is null;
create index ix_milestone_name on production.milestone (tenant_id, name collate "und-x-icu", id) where deleted_at is null;
create index ix_milestone_created_at on production.milestone (tenant_id, created_at desc, id desc) where deleted_at is null;
select kernel.protect('production.milestone');

create table production.budget_line (
  tenant_id uuid not null,
  id uuid not null,
  actual_amount numeric not null,
  currency text not null,
  department text not null constraint ck_budget_line_department check (department in ('production', 'camera', 'light', 'sound', 'art', 'edit', 'colour', 'mix', 'music', 'other')),
  month date not null,
  note text,
  planned_amount numeric not null,
  project_id uuid not null,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_budget_line primary key (tenant_id, id),
  constraint fk_budget_line_project_id foreign key (tenant_id, project_id) references production.project (tenant_id, id),
  constraint ck_budget_line_planned_amount check (planned_amount >= 0),
  constraint ck_budget_line_actual_amount check (actual_amount >= 0),
  constraint ck_budget_line_month check (extract(day from month) = 1)
);
create unique index ux_budget_line_month on production.budget_line (tenant_id, project_id, department, month) where deleted_at is null;
create index ix_budget_line_updated_at on production.budget_line (tenant_id, updated_at, id) where deleted_at is null;
create index ix_budget_line_month on production.budget_line (tenant_id, month, id) where deleted_at is null;
create index ix_budget_line_department on production.budget_line (tenant_id, department, id) where deleted_at is null;
create index ix_budget_line_created_at on production.budget_line (tenant_id, created_at desc, id desc) where deleted_at is null;
select kernel.protect('production.budget_line');

create table production.project_template (
  tenant_id uuid not null,
  id uuid not null,
  description text,
  name text not null,
  name_key text not null,
  type text constraint ck_project_template_type check (type in ('film', 'documentary', 'music_video', 'commercial', 'podcast', 'album', 'live_session', 'game_audio', 'other')),
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_project_template primary key (tenant_id, id)
);
create unique index ux_project_template_name on production.project_template (tenant_id, name_key) where deleted_at is null;
create index ix_project_template_updated_at on production.project_template (tenant_id, updated_at, id) where deleted_at is null;
create index ix_project_template_name on production.project_template (tenant_id, name collate "und-x-icu", id) where deleted_at is null;
create index ix_project_template_created_at on production.project_template (tenant_id, created_at desc, id desc) where deleted_at is null;
select kernel.protect('production.project_template');

create table production.template_step (
  tenant_id uuid not null,
  id uuid not null,
  duration_days integer not null,
  estimate_min integer,
  kind text not null constraint ck_template_step_kind check (kind in ('task', 'milestone', 'stage')),
  name text not null,
  offset_days integer not null,
  sort integer not null,
  stage text constraint ck_template_step_stage check (stage in ('shoot', 'grade', 'mix', 'delivery')),
  task_type_id uuid,
  template_id uuid not null,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_template_step primary key (tenant_id, id),
  constraint fk_template_step_task_type_id foreign key (tenant_id, task_type_id) references production.task_type (tenant_id, id),
  constraint fk_template_step_template_id foreign key (tenant_id, template_id) references production.project_template (tenant_id, id),
  constraint ck_template_step_stage_kind check ((kind = 'stage') = (stage is not null)),
  constraint ck_template_step_offset_days check (offset_days >= 0),
  constraint ck_template_step_duration_days check (duration_days >= 1)
);
create index ix_template_step_task_type_id on production.template_step (tenant_id, task_type_id);
create index ix_template_step_template_id on production.template_step (tenant_id, template_id);
create index ix_template_step_updated_at on production.template_step (tenant_id, updated_at, id) where deleted_at is null;
create index ix_template_step_sort on production.template_step (tenant_id, sort, id) where deleted_at is null;
create index ix_template_step_offset_days on production.template_step (tenant_id, offset_days, id) where deleted_at is null;
create index ix_template_step_name on production.template_step (tenant_id, name collate "und-x-icu", id) where deleted_at is null;
create index ix_template_step_created_at on production.template_step (tenant_id, created_at desc, id desc) where deleted_at is null;
select kernel.protect('production.template_step');

create table production.schedule_version (
  tenant_id uuid not null,
  id uuid not null,
  applied_at timestamptz,
  name text not null,
  note text,
  project_id uuid not null,
  status text not null constraint ck_schedule_version_status check (status in ('draft', 'locked', 'applied')),
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_schedule_version primary key (tenant_id, id),
  constraint fk_schedule_version_project_id foreign key (tenant_id, project_id) references production.project (tenant_id, id)
);
create index ix_schedule_version_project_id on production.schedule_version (tenant_id, project_id);
create index ix_schedule_version_updated_at on production.schedule_version (tenant_id, updated_at, id) where deleted_at is null;
create index ix_schedule_version_name on production.schedule_version (tenant_id, name collate "und-x-icu", id) where deleted_at is null;
create index ix_schedule_version_status on production.schedule_version (tenant_id, status, id) where deleted_at is null;
create index ix_schedule_version_created_at on production.schedule_version (tenant_id, created_at desc, id desc) where deleted_at is null;
select kernel.protect('production.schedule_version');

create table production.schedule_entry (
  tenant_id uuid not null,
  id uuid not null,
  "end" date,
  name text not null,
  stage text constraint ck_schedule_entry_stage check (stage in ('shoot', 'grade', 'mix', 'delivery')),
  start date not null,
  subject text not null constraint ck_schedule_entry_subject check (subject in ('stage', 'milestone', 'task')),
  subject_id uuid,
  version_id uuid not null,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_schedule_entry primary key (tenant_id, id),
  constraint fk_schedule_entry_version_id foreign key (tenant_id, version_id) references production.schedule_version (tenant_id, id),
  constraint ck_schedule_entry_end check ("end" >= start),
  constraint ck_schedule_entry_subject_stage check ((subject = 'stage') = (stage is not null) and (subject = 'stage') = (subject_id is null))
);
create index ix_schedule_entry_version_id on production.schedule_entry (tenant_id, version_id);
select kernel.protect('production.schedule_entry');

create table production.calendar_feed (
  tenant_id uuid not null,
  id uuid not null,
  token_hash bytea not null,
  user_id uuid not null,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_calendar_feed primary key (tenant_id, id),
  constraint fk_calendar_feed_user_id foreign key (tenant_id, user_id) references kernel.users (tenant_id, id)
);
create unique index ux_calendar_feed_token_hash on production.calendar_feed (tenant_id, token_hash);
create unique index ux_calendar_feed_user_id on production.calendar_feed (tenant_id, user_id) where deleted_at is null;
select kernel.protect('production.calendar_feed');
