create extension if not exists btree_gin;

create table production.project (
  tenant_id uuid not null,
  id uuid not null,
  academic_year text,
  budget_amount numeric,
  client_name text,
  code text not null,
  code_key text not null,
  course text,
  currency text,
  delivered_at timestamptz,
  delivery_date date,
  delivery_end_date date,
  delivery_note text,
  description text,
  fps text,
  grade_date date,
  grade_done_date date,
  grade_end_date date,
  grade_note text,
  loudness_target text,
  medium text not null constraint ck_project_medium check (medium in ('film', 'audio', 'mixed')),
  mix_date date,
  mix_done_date date,
  mix_end_date date,
  mix_note text,
  priority text not null constraint ck_project_priority check (priority in ('low', 'normal', 'high', 'urgent')),
  producer_user_id uuid,
  ratio text,
  resolution text,
  sample_rate text,
  shoot_date date,
  shoot_done_date date,
  shoot_end_date date,
  shoot_note text,
  start_date date,
  status text not null constraint ck_project_status check (status in ('idea', 'planned', 'pre_production', 'shooting', 'post_production', 'delivered', 'archived', 'on_hold', 'cancelled')),
  status_before_hold text constraint ck_project_status_before_hold check (status_before_hold in ('idea', 'planned', 'pre_production', 'shooting', 'post_production', 'delivered', 'archived', 'on_hold', 'cancelled')),
  supervisor_user_id uuid,
  tags text[] not null,
  title text not null,
  type text not null constraint ck_project_type check (type in ('film', 'documentary', 'music_video', 'commercial', 'podcast', 'album', 'live_session', 'game_audio', 'other')),
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_project primary key (tenant_id, id),
  constraint fk_project_producer_user_id foreign key (tenant_id, producer_user_id) references kernel.users (tenant_id, id),
  constraint fk_project_supervisor_user_id foreign key (tenant_id, supervisor_user_id) references kernel.users (tenant_id, id),
  constraint ck_project_shoot_date check (shoot_date <= delivery_date),
  constraint ck_project_grade_date check (grade_date <= delivery_date),
  constraint ck_project_mix_date check (mix_date <= delivery_date),
  constraint ck_project_shoot_end_date check (shoot_end_date >= shoot_date),
  constraint ck_project_grade_end_date check (grade_end_date >= grade_date),
  constraint ck_project_mix_end_date check (mix_end_date >= mix_date),
  constraint ck_project_delivery_end_date check (delivery_end_date >= delivery_date),
  constraint ck_project_budget_amount check (budget_amount >= 0)
);
create unique index ux_project_code on production.project (tenant_id, code_key) where deleted_at is null;
create index ix_project_producer_user_id on production.project (tenant_id, producer_user_id);
create index ix_project_supervisor_user_id on production.project (tenant_id, supervisor_user_id);
create index ix_project_updated_at on production.project (tenant_id, updated_at, id) where deleted_at is null;
create index ix_project_code on production.project (tenant_id, code collate "und-x-icu", id) where deleted_at is null;
create index ix_project_title on production.project (tenant_id, title collate "und-x-icu", id) where deleted_at is null;
create index ix_project_type on production.project (tenant_id, type, id) where deleted_at is null;
create index ix_project_status on production.project (tenant_id, status, id) where deleted_at is null;
create index ix_project_priority on production.project (tenant_id, priority, id) where deleted_at is null;
create index ix_project_academic_year on production.project (tenant_id, academic_year collate "und-x-icu", id) where deleted_at is null;
create index ix_project_start_date on production.project (tenant_id, start_date, id) where deleted_at is null;
create index ix_project_shoot_date on production.project (tenant_id, shoot_date, id) where deleted_at is null;
create index ix_project_grade_date on production.project (tenant_id, grade_date, id) where deleted_at is null;
create index ix_project_mix_date on production.project (tenant_id, mix_date, id) where deleted_at is null;
create index ix_project_delivery_date on production.project (tenant_id, delivery_date, id) where deleted_at is null;
create index ix_project_created_at on production.project (tenant_id, created_at desc, id desc) where deleted_at is null;
create index ix_project_search on production.project using gin (tenant_id, title gin_trgm_ops, code gin_trgm_ops, client_name gin_trgm_ops) with (gin_pending_list_limit = 256) where deleted_at is null;
select kernel.protect('production.project');

create table production.student (
  tenant_id uuid not null,
  id uuid not null,
  email text,
  email_key text,
  emergency_contact text,
  first_name text not null,
  full_name text not null,
  last_name text not null,
  notes text,
  phone text,
  preferred_name text,
  programme text,
  specialisation text[] not null,
  status text not null constraint ck_student_status check (status in ('active', 'on_leave', 'graduated', 'withdrawn')),
  student_no text,
  student_no_key text,
  user_id uuid,
  year_of_study integer,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_student primary key (tenant_id, id),
  constraint fk_student_user_id foreign key (tenant_id, user_id) references kernel.users (tenant_id, id)
);
create unique index ux_student_email on production.student (tenant_id, email_key) where deleted_at is null;
create unique index ux_student_student_no on production.student (tenant_id, student_no_key) where deleted_at is null;
create unique index ux_student_user_id on production.student (tenant_id, user_id) where deleted_at is null;
create index ix_student_updated_at on production.student (tenant_id, updated_at, id) where deleted_at is null;
create index ix_student_student_no on production.student (tenant_id, student_no collate "und-x-icu", id) where deleted_at is null;
create index ix_student_full_name on production.student (tenant_id, full_name collate "und-x-icu", id) where deleted_at is null;
create index ix_student_last_name on production.student (tenant_id, last_name collate "und-x-icu", id) where deleted_at is null;
create index ix_student_email on production.student (tenant_id, email collate "und-x-icu", id) where deleted_at is null;
create index ix_student_programme on production.student (tenant_id, programme collate "und-x-icu", id) where deleted_at is null;
create index ix_student_year_of_study on production.student (tenant_id, year_of_study, id) where deleted_at is null;
create index ix_student_status on production.student (tenant_id, status, id) where deleted_at is null;
create index ix_student_created_at on production.student (tenant_id, created_at desc, id desc) where deleted_at is null;
create index ix_student_search on production.student using gin (tenant_id, full_name gin_trgm_ops, email gin_trgm_ops, student_no gin_trgm_ops) with (gin_pending_list_limit = 256) where deleted_at is null;
select kernel.protect('production.student');

create table production.crew_member (
  tenant_id uuid not null,
  id uuid not null,
  credited_as text not null,
  crew_role text not null constraint ck_crew_member_crew_role check (crew_role in ('director', 'producer', 'dop', 'sound_recordist', 'editor', 'colourist', 'sound_designer', 'mixer', 'composer', 'other')),
  "from" date,
  is_lead boolean not null,
  project_id uuid not null,
  student_id uuid not null,
  "to" date,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_crew_member primary key (tenant_id, id),
  constraint fk_crew_member_project_id foreign key (tenant_id, project_id) references production.project (tenant_id, id),
  constraint fk_crew_member_student_id foreign key (tenant_id, student_id) references production.student (tenant_id, id),
  constraint ck_crew_member_to check ("to" >= "from")
);
create index ix_crew_member_student_id on production.crew_member (tenant_id, student_id);
create unique index ux_crew_member_role on production.crew_member (tenant_id, project_id, student_id, crew_role) where deleted_at is null;
create index ix_crew_member_updated_at on production.crew_member (tenant_id, updated_at, id) where deleted_at is null;
create index ix_crew_member_credited_as on production.crew_member (tenant_id, credited_as collate "und-x-icu", id) where deleted_at is null;
create index ix_crew_member_crew_role on production.crew_member (tenant_id, crew_role, id) where deleted_at is null;
create index ix_crew_member_created_at on production.crew_member (tenant_id, created_at desc, id desc) where deleted_at is null;
select kernel.protect('production.crew_member');

create table production.task_type (
  tenant_id uuid not null,
  id uuid not null,
  color text not null,
  department text not null constraint ck_task_type_department check (department in ('production', 'camera', 'light', 'sound', 'art', 'edit', 'colour', 'mix', 'music', 'other')),
  name text not null,
  name_key text not null,
  short_name text not null,
  sort integer not null,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_task_type primary key (tenant_id, id)
);
create unique index ux_task_type_name on production.task_type (tenant_id, name_key) where deleted_at is null;
create index ix_task_type_updated_at on production.task_type (tenant_id, updated_at, id) where deleted_at is null;
create index ix_task_type_sort on production.task_type (tenant_id, sort, id) where deleted_at is null;
create index ix_task_type_name on production.task_type (tenant_id, name collate "und-x-icu", id) where deleted_at is null;
create index ix_task_type_created_at on production.task_type (tenant_id, created_at desc, id desc) where deleted_at is null;
select kernel.protect('production.task_type');

create table production.work_status (
  tenant_id uuid not null,
  id uuid not null,
  client_visible boolean not null,
  color text not null,
  is_default boolean not null,
  is_done boolean not null,
  is_feedback_request boolean not null,
  is_retake boolean not null,
  is_wip boolean not null,
  name text not null,
  name_key text not null,
  short_name text not null,
  sort integer not null,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_work_status primary key (tenant_id, id),
  constraint ck_work_status_is_done check (not (is_done and (is_wip or is_retake or is_feedback_request)))
);
create unique index ux_work_status_default on production.work_status (tenant_id) where deleted_at is null and is_default;
create unique index ux_work_status_name on production.work_status (tenant_id, name_key) where deleted_at is null;
create index ix_work_status_updated_at on production.work_status (tenant_id, updated_at, id) where deleted_at is null;
create index ix_work_status_sort on production.work_status (tenant_id, sort, id) where deleted_at is null;
create index ix_work_status_name on production.work_status (tenant_id, name collate "und-x-icu", id) where deleted_at is null;
create index ix_work_status_created_at on production.work_status (tenant_id, created_at desc, id desc) where deleted_at is null;
select kernel.protect('production.work_status');

create table production.project_task (
  tenant_id uuid not null,
  id uuid not null,
  assignee_ids uuid[] not null,
  assignee_names text[] not null,
  completion integer not null,
  description text,
  difficulty integer,
  done_at timestamptz,
  due date,
  estimate_min integer,
  project_id uuid not null,
  responsible_user_id uuid,
  retake_count integer not null,
  sort integer not null,
  start date,
  status_id uuid not null,
  task_type_id uuid,
  title text not null,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_project_task primary key (tenant_id, id),
  constraint fk_project_task_project_id foreign key (tenant_id, project_id) references production.project (tenant_id, id),
  constraint fk_project_task_responsible_user_id foreign key (tenant_id, responsible_user_id) references kernel.users (tenant_id, id),
  constraint fk_project_task_status_id foreign key (tenant_id, status_id) references production.work_status (tenant_id, id),
  constraint fk_project_task_task_type_id foreign key (tenant_id, task_type_id) references production.task_type (tenant_id, id),
  constraint ck_project_task_due check (due >= start),
  constraint ck_project_task_completion check (completion between 0 and 100),
  constraint ck_project_task_difficulty check (difficulty between 1 and 5),
  constraint ck_project_task_estimate_min check (estimate_min >= 0)
);
create index ix_project_task_project_id on production.project_task (tenant_id, project_id) where deleted_at is null;
create index ix_project_task_responsible_user_id on production.project_task (tenant_id, responsible_user_id);
create index ix_project_task_status_id on production.project_task (tenant_id, status_id);
create index ix_project_task_task_type_id on production.project_task (tenant_id, task_type_id);
create index ix_project_task_updated_at on production.project_task (tenant_id, updated_at, id) where deleted_at is null;
create index ix_project_task_title on production.project_task (tenant_id, title collate "und-x-icu", id) where deleted_at is null;
create index ix_project_task_start on production.project_task (tenant_id, start, id) where deleted_at is null;
create index ix_project_task_due on production.project_task (tenant_id, due, id) where deleted_at is null;
create index ix_project_task_completion on production.project_task (tenant_id, completion, id) where deleted_at is null;
create index ix_project_task_sort on production.project_task (tenant_id, sort, id) where deleted_at is null;
create index ix_project_task_created_at on production.project_task (tenant_id, created_at desc, id desc) where deleted_at is null;
create index ix_project_task_assignee_ids on production.project_task using gin (tenant_id, assignee_ids) where deleted_at is null;
select kernel.protect('production.project_task');

create table production.time_entry (
  tenant_id uuid not null,
  id uuid not null,
  date date not null,
  minutes integer not null,
  note text,
  person_name text not null,
  project_id uuid not null,
  student_id uuid,
  task_id uuid not null,
  user_id uuid,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_time_entry primary key (tenant_id, id),
  constraint fk_time_entry_project_id foreign key (tenant_id, project_id) references production.project (tenant_id, id),
  constraint fk_time_entry_student_id foreign key (tenant_id, student_id) references production.student (tenant_id, id),
  constraint fk_time_entry_task_id foreign key (tenant_id, task_id) references production.project_task (tenant_id, id),
  constraint fk_time_entry_user_id foreign key (tenant_id, user_id) references kernel.users (tenant_id, id),
  constraint ck_time_entry_minutes check (minutes between 1 and 1440),
  constraint ck_time_entry_user_id check ((student_id is null) <> (user_id is null))
);
create index ix_time_entry_project_id on production.time_entry (tenant_id, project_id);
create index ix_time_entry_student_id on production.time_entry (tenant_id, student_id);
create index ix_time_entry_user_id on production.time_entry (tenant_id, user_id);
create unique index ux_time_entry_student_day on production.time_entry (tenant_id, task_id, student_id, date) where deleted_at is null;
create unique index ux_time_entry_user_day on production.time_entry (tenant_id, task_id, user_id, date) where deleted_at is null;
create index ix_time_entry_updated_at on production.time_entry (tenant_id, updated_at, id) where deleted_at is null;
create index ix_time_entry_date on production.time_entry (tenant_id, date, id) where deleted_at is null;
create index ix_time_entry_person_name on production.time_entry (tenant_id, person_name collate "und-x-icu", id) where deleted_at is null;
create index ix_time_entry_minutes on production.time_entry (tenant_id, minutes, id) where deleted_at is null;
create index ix_time_entry_created_at on production.time_entry (tenant_id, created_at desc, id desc) where deleted_at is null;
select kernel.protect('production.time_entry');

-- Whose a project is. With the caller's rights, so that row-level security of the tables below it holds.
create view production.project_member with (security_invoker = true) as
  select c.tenant_id, c.project_id, s.user_id
  from production.crew_member c join production.student s on s.tenant_id = c.tenant_id and s.id = c.student_id
  where c.deleted_at is null and s.deleted_at is null and s.user_id is not null;
