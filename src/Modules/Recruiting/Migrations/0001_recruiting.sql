create extension if not exists btree_gin;
create table recruiting.candidate (
  tenant_id uuid not null,
  id uuid not null,
  full_name text not null,
  email text not null,
  email_key text not null,
  position text,
  status text not null constraint ck_candidate_status check (status in ('applied', 'screening', 'interviewed', 'hired', 'rejected')),
  phone text,
  phone_key text,
  resume_url text,
  notes text,
  source text,
  location text,
  current_employer text,
  availability_date date,
  skills text[] not null,
  tags text[] not null,
  rating integer not null constraint ck_candidate_rating check (rating between 0 and 3),
  owner_id uuid,
  do_not_hire boolean not null,
  rejected_reason text,
  stage_entered_at timestamptz not null,
  hired_at timestamptz,
  merged_into_id uuid,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_candidate primary key (tenant_id, id),
  constraint fk_candidate_owner_id foreign key (tenant_id, owner_id) references kernel.users (tenant_id, id),
  constraint fk_candidate_merged_into_id foreign key (tenant_id, merged_into_id) references recruiting.candidate (tenant_id, id)
);
create unique index ux_candidate_email on recruiting.candidate (tenant_id, email_key) where deleted_at is null;
create index ix_candidate_owner_id on recruiting.candidate (tenant_id, owner_id);
create index ix_candidate_merged_into_id on recruiting.candidate (tenant_id, merged_into_id) where merged_into_id is not null;
create index ix_candidate_phone_key on recruiting.candidate (tenant_id, phone_key) where deleted_at is null;
-- One index for each sort that is offered, in the direction of the default sort; counting live rows needs nothing else.
create index ix_candidate_created_at on recruiting.candidate (tenant_id, created_at desc, id desc) where deleted_at is null;
create index ix_candidate_updated_at on recruiting.candidate (tenant_id, updated_at, id) where deleted_at is null;
create index ix_candidate_full_name on recruiting.candidate (tenant_id, full_name collate "und-x-icu", id) where deleted_at is null;
create index ix_candidate_email on recruiting.candidate (tenant_id, email collate "und-x-icu", id) where deleted_at is null;
create index ix_candidate_position on recruiting.candidate (tenant_id, position collate "und-x-icu", id) where deleted_at is null;
create index ix_candidate_status on recruiting.candidate (tenant_id, status, id) where deleted_at is null;
create index ix_candidate_rating on recruiting.candidate (tenant_id, rating, id) where deleted_at is null;
create index ix_candidate_stage_entered_at on recruiting.candidate (tenant_id, stage_entered_at, id) where deleted_at is null;
create index ix_candidate_search on recruiting.candidate using gin (tenant_id, full_name gin_trgm_ops, email gin_trgm_ops, position gin_trgm_ops) where deleted_at is null;
select kernel.protect('recruiting.candidate');

create table recruiting.interview (
  tenant_id uuid not null,
  id uuid not null,
  candidate_id uuid not null,
  interviewer_name text not null,
  interviewer_user_id uuid,
  participant_ids uuid[] not null,
  scheduled_at timestamptz not null,
  duration_mins integer not null constraint ck_interview_duration_mins check (duration_mins between 5 and 480),
  time_zone text,
  status text not null constraint ck_interview_status check (status in ('scheduled', 'in_progress', 'completed', 'cancelled', 'no_show')),
  interview_type text,
  round integer not null,
  location text,
  join_url text,
  notes text,
  score integer constraint ck_interview_score check (score between 1 and 10),
  recommendation text constraint ck_interview_recommendation check (recommendation in ('strong_no', 'no', 'yes', 'strong_yes')),
  cancelled_reason text,
  double_booked boolean not null,
  ics_sequence integer not null,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_interview primary key (tenant_id, id),
  constraint fk_interview_candidate_id foreign key (tenant_id, candidate_id) references recruiting.candidate (tenant_id, id),
  constraint fk_interview_interviewer_user_id foreign key (tenant_id, interviewer_user_id) references kernel.users (tenant_id, id)
);
create index ix_interview_candidate_id on recruiting.interview (tenant_id, candidate_id, scheduled_at) where deleted_at is null;
create index ix_interview_interviewer_user_id on recruiting.interview (tenant_id, interviewer_user_id, scheduled_at);
create index ix_interview_scheduled_at on recruiting.interview (tenant_id, scheduled_at desc, id desc) where deleted_at is null;
create index ix_interview_created_at on recruiting.interview (tenant_id, created_at desc, id desc) where deleted_at is null;
create index ix_interview_updated_at on recruiting.interview (tenant_id, updated_at, id) where deleted_at is null;
create index ix_interview_status on recruiting.interview (tenant_id, status, id) where deleted_at is null;
create index ix_interview_interviewer_name on recruiting.interview (tenant_id, interviewer_name collate "und-x-icu", id) where deleted_at is null;
create index ix_interview_score on recruiting.interview (tenant_id, score, id) where deleted_at is null;
create index ix_interview_duration_mins on recruiting.interview (tenant_id, duration_mins, id) where deleted_at is null;
select kernel.protect('recruiting.interview');

create table recruiting.call (
  tenant_id uuid not null,
  id uuid not null,
  caller_name text not null,
  caller_number text not null,
  call_type text not null constraint ck_call_call_type check (call_type in ('inbound', 'outbound', 'missed', 'voicemail')),
  status text not null constraint ck_call_status check (status in ('answered', 'missed', 'busy', 'voicemail')),
  duration_secs integer not null constraint ck_call_duration_secs check (duration_secs >= 0),
  is_important boolean not null,
  notes text,
  candidate_id uuid,
  handled_by_id uuid,
  occurred_at timestamptz not null,
  follow_up_at timestamptz,
  followed_up_at timestamptz,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_call primary key (tenant_id, id),
  constraint fk_call_candidate_id foreign key (tenant_id, candidate_id) references recruiting.candidate (tenant_id, id),
  constraint fk_call_handled_by_id foreign key (tenant_id, handled_by_id) references kernel.users (tenant_id, id)
);
create index ix_call_candidate_id on recruiting.call (tenant_id, candidate_id);
create index ix_call_handled_by_id on recruiting.call (tenant_id, handled_by_id);
create index ix_call_occurred_at on recruiting.call (tenant_id, occurred_at desc, id desc) where deleted_at is null;
create index ix_call_created_at on recruiting.call (tenant_id, created_at desc, id desc) where deleted_at is null;
create index ix_call_updated_at on recruiting.call (tenant_id, updated_at, id) where deleted_at is null;
create index ix_call_caller_name on recruiting.call (tenant_id, caller_name collate "und-x-icu", id) where deleted_at is null;
create index ix_call_status on recruiting.call (tenant_id, status, id) where deleted_at is null;
create index ix_call_call_type on recruiting.call (tenant_id, call_type, id) where deleted_at is null;
create index ix_call_duration_secs on recruiting.call (tenant_id, duration_secs, id) where deleted_at is null;
select kernel.protect('recruiting.call');
