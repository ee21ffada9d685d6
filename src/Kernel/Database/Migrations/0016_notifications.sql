-- What people are told. Each line is one person's own; the key says what it is about, so that nothing is told twice.
create table kernel.notification (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  kind text not null,
  title text not null,
  body text,
  about_at timestamptz,
  actor_name text,
  page text,
  record_kind text,
  record_id uuid,
  job_id uuid,
  key text not null,
  created_at timestamptz not null,
  read_at timestamptz,
  constraint pk_notification primary key (tenant_id, id),
  constraint fk_notification_user_id foreign key (tenant_id, user_id) references kernel.users (tenant_id, id),
  constraint ck_notification_record check ((record_kind is null) = (record_id is null))
);
create unique index ux_notification_key on kernel.notification (tenant_id, user_id, key);
create index ix_notification_created_at on kernel.notification (tenant_id, user_id, created_at desc, id desc);
create index ix_notification_unread on kernel.notification (tenant_id, user_id) where read_at is null;
-- A record's erasure takes what was told of it along.
create index ix_notification_record_id on kernel.notification (tenant_id, record_id) where record_id is not null;
select kernel.protect('kernel.notification');

-- A kind somebody switched on or off; without a row it is as its module declares.
create table kernel.notification_choice (
  tenant_id uuid not null,
  user_id uuid not null,
  kind text not null,
  enabled boolean not null,
  constraint pk_notification_choice primary key (tenant_id, user_id, kind),
  constraint fk_notification_choice_user_id foreign key (tenant_id, user_id) references kernel.users (tenant_id, id)
);
select kernel.protect('kernel.notification_choice');

-- Up to when what becomes due by the clock was done, for the whole installation: after a downtime it goes on from there.
create table kernel.due_mark (
  name text constraint pk_due_mark primary key,
  at timestamptz not null
);
