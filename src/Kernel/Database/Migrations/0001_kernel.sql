create extension if not exists btree_gist;
create extension if not exists pg_trgm;

-- Every tenant-owned table passes through here once: forced row-level security, also for the table's owner. The plain form of
-- current_setting is an index condition, and a forgotten setting fails loudly instead of showing an empty list.
create function kernel.protect(owned regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', owned);
  execute format('alter table %s force row level security', owned);
  execute format('create policy tenant on %s using (tenant_id = current_setting(''app.tenant_id'')::uuid)', owned);
end $$;

create table kernel.tenant (
  id uuid constraint pk_tenant primary key,
  slug text not null constraint ck_tenant_slug check (slug ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  name text not null,
  time_zone text not null,
  modules text[] not null,
  status text not null default 'active' constraint ck_tenant_status check (status in ('active', 'suspended')),
  is_demo boolean not null default false,
  created_at timestamptz not null
);
create unique index ix_tenant_slug on kernel.tenant (slug);

create table kernel.account (
  id uuid constraint pk_account primary key,
  email text not null,
  email_key text not null,
  full_name text not null,
  password_hash text,
  password_changed_at timestamptz,
  locale text not null default 'en',
  time_zone text not null default 'UTC',
  theme text not null default 'system' constraint ck_account_theme check (theme in ('system', 'light', 'dark')),
  last_tenant_id uuid,
  created_at timestamptz not null
);
create unique index ix_account_email_key on kernel.account (email_key);

create table kernel.users (
  tenant_id uuid not null constraint fk_users_tenant_id references kernel.tenant (id),
  id uuid not null,
  account_id uuid not null constraint fk_users_account_id references kernel.account (id),
  email text not null,
  email_key text not null,
  full_name text not null,
  role text not null,
  active boolean not null,
  last_sign_in_at timestamptz,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_users primary key (tenant_id, id)
);
create unique index ux_users_email on kernel.users (tenant_id, email_key) where deleted_at is null;
create unique index ux_users_account on kernel.users (tenant_id, account_id) where deleted_at is null;
create index ix_users_account_id on kernel.users (account_id);
create index ix_users_created_at on kernel.users (tenant_id, created_at desc, id desc) where deleted_at is null;
create index ix_users_full_name on kernel.users (tenant_id, full_name collate "und-x-icu", id) where deleted_at is null;
create index ix_users_email_order on kernel.users (tenant_id, email collate "und-x-icu", id) where deleted_at is null;
create index ix_users_role on kernel.users (tenant_id, role collate "und-x-icu", id) where deleted_at is null;
create index ix_users_active on kernel.users (tenant_id, active, id) where deleted_at is null;
create index ix_users_last_sign_in_at on kernel.users (tenant_id, last_sign_in_at, id) where deleted_at is null;
create index ix_users_updated_at on kernel.users (tenant_id, updated_at, id) where deleted_at is null;
select kernel.protect('kernel.users');
-- A person may see their own memberships in every tenant (to sign in and to switch); nothing else crosses tenants.
create policy own_memberships on kernel.users for select using (account_id = nullif(current_setting('app.account_id', true), '')::uuid);

create table kernel.page_override (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  page text not null,
  access text not null constraint ck_page_override_access check (access in ('grant', 'deny')),
  level text constraint ck_page_override_level check (level in ('none', 'read', 'write')),
  reason text,
  expires_at timestamptz,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_page_override primary key (tenant_id, id),
  constraint fk_page_override_user_id foreign key (tenant_id, user_id) references kernel.users (tenant_id, id)
);
create unique index ux_page_override_page on kernel.page_override (tenant_id, user_id, page);
select kernel.protect('kernel.page_override');

create table kernel.session (
  id uuid constraint pk_session primary key,
  account_id uuid not null constraint fk_session_account_id references kernel.account (id),
  tenant_id uuid not null constraint fk_session_tenant_id references kernel.tenant (id),
  user_id uuid not null,
  access_stamp bigint not null default 1,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoke_reason text,
  ip_address text,
  user_agent text
);
create index ix_session_account_id on kernel.session (account_id, created_at desc);
create index ix_session_user on kernel.session (tenant_id, user_id) where revoked_at is null;
create index ix_session_expires_at on kernel.session (expires_at);

create table kernel.refresh_token (
  token_hash bytea constraint pk_refresh_token primary key,
  session_id uuid not null constraint fk_refresh_token_session_id references kernel.session (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  rotated_at timestamptz
);
create index ix_refresh_token_session_id on kernel.refresh_token (session_id);

create table kernel.sign_in (
  id uuid constraint pk_sign_in primary key,
  account_id uuid not null constraint fk_sign_in_account_id references kernel.account (id),
  tenant_id uuid,
  at timestamptz not null,
  outcome text not null,
  ip_address text,
  user_agent text
);
create index ix_sign_in_account_id on kernel.sign_in (account_id, at desc);

create table kernel.sign_in_throttle (
  key text constraint pk_sign_in_throttle primary key,
  failures integer not null,
  window_started_at timestamptz not null,
  blocked_until timestamptz
);

create table kernel.invitation (
  tenant_id uuid not null,
  id uuid not null,
  email text not null,
  full_name text,
  role text not null,
  token_hash bytea not null,
  invited_by_name text not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_invitation primary key (tenant_id, id)
);
create unique index ux_invitation_token_hash on kernel.invitation (token_hash);
select kernel.protect('kernel.invitation');

-- The change feed. The transaction's number comes first: readers follow (xid, seq) below the snapshot's horizon, so a slow
-- transaction that commits late is never skipped.
create table kernel.change (
  tenant_id uuid not null,
  xid xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity,
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  action text not null,
  target text not null,
  entity_id uuid,
  entity_version integer,
  label text,
  target_user_id uuid,
  before jsonb,
  after jsonb,
  reason text,
  trace_id text,
  constraint pk_change primary key (tenant_id, xid, seq)
);
create index ix_change_entity_id_seq on kernel.change (tenant_id, entity_id, seq);
create index ix_change_actor on kernel.change (tenant_id, actor_id, xid, seq);
create index ix_change_at on kernel.change (tenant_id, at);
select kernel.protect('kernel.change');

-- Cached access decisions carry the session's stamp. Whatever changes a person's rights moves it, on every path there is:
-- that is why these are triggers and not calls somebody may forget.
create function kernel.touch_sessions_of_user() returns trigger language plpgsql as $$
declare
  subject record := coalesce(new, old);
begin
  update kernel.session set access_stamp = access_stamp + 1
  where tenant_id = subject.tenant_id
    and user_id = case tg_table_name when 'users' then (to_jsonb(subject) ->> 'id')::uuid else (to_jsonb(subject) ->> 'user_id')::uuid end
    and revoked_at is null;
  return null;
end $$;
create trigger users_touch_sessions after update of role, active, deleted_at on kernel.users for each row execute function kernel.touch_sessions_of_user();
create trigger page_override_touch_sessions after insert or update or delete on kernel.page_override for each row execute function kernel.touch_sessions_of_user();

create function kernel.touch_session() returns trigger language plpgsql as $$
begin
  new.access_stamp := old.access_stamp + 1;
  return new;
end $$;
create trigger session_touch before update of revoked_at, tenant_id, user_id on kernel.session for each row execute function kernel.touch_session();

create function kernel.touch_sessions_of_tenant() returns trigger language plpgsql as $$
begin
  update kernel.session set access_stamp = access_stamp + 1 where tenant_id = new.id and revoked_at is null;
  return null;
end $$;
create trigger tenant_touch_sessions after update of status, modules on kernel.tenant for each row execute function kernel.touch_sessions_of_tenant();

-- Who or what is busy when. Two exclusive bookings of one resource cannot overlap: the database refuses, whatever the path.
create table kernel.booking (
  tenant_id uuid not null,
  id uuid not null,
  resource_kind text not null,
  resource_id uuid not null,
  resource_name text not null,
  period tstzrange not null,
  subject_kind text not null,
  subject_id uuid not null,
  subject_title text not null,
  exclusive boolean not null,
  constraint pk_booking primary key (tenant_id, id),
  constraint ck_booking_period check (not isempty(period)),
  constraint ex_booking_overlap exclude using gist (tenant_id with =, resource_kind with =, resource_id with =, period with &&) where (exclusive)
);
create index ix_booking_subject on kernel.booking (tenant_id, subject_kind, subject_id);
select kernel.protect('kernel.booking');
