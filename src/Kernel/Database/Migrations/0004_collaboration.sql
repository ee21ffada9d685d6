-- What people attach to a record of any noun: the noun's word in the change feed and the record's id say to which.
create table kernel.comment (
  tenant_id uuid not null,
  id uuid not null,
  record_kind text not null,
  record_id uuid not null,
  author_id uuid not null,
  author_name text not null,
  body text not null,
  mentions uuid[] not null,
  edited_at timestamptz,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_comment primary key (tenant_id, id),
  constraint fk_comment_author_id foreign key (tenant_id, author_id) references kernel.users (tenant_id, id)
);
create index ix_comment_author_id on kernel.comment (tenant_id, author_id);
create index ix_comment_record on kernel.comment (tenant_id, record_kind, record_id, id desc) where deleted_at is null;
select kernel.protect('kernel.comment');

create table kernel.saved_view (
  tenant_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  owner_name text not null,
  noun text not null,
  name text not null,
  query text not null,
  sharing text not null constraint ck_saved_view_sharing check (sharing in ('private', 'role', 'tenant')),
  role text constraint ck_saved_view_role check ((sharing = 'role') = (role is not null)),
  is_default boolean not null,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_saved_view primary key (tenant_id, id),
  constraint fk_saved_view_owner_id foreign key (tenant_id, owner_id) references kernel.users (tenant_id, id)
);
create unique index ux_saved_view_name on kernel.saved_view (tenant_id, owner_id, noun, name) where deleted_at is null;
create unique index ux_saved_view_default on kernel.saved_view (tenant_id, owner_id, noun) where deleted_at is null and is_default;
create index ix_saved_view_noun on kernel.saved_view (tenant_id, noun, name) where deleted_at is null;
select kernel.protect('kernel.saved_view');

create table kernel.record_share (
  tenant_id uuid not null,
  id uuid not null,
  record_kind text not null,
  record_id uuid not null,
  token_hash bytea not null,
  shared_by_id uuid not null,
  shared_by_name text not null,
  include_personal boolean not null,
  expires_at timestamptz not null,
  last_opened_at timestamptz,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_record_share primary key (tenant_id, id),
  constraint fk_record_share_shared_by_id foreign key (tenant_id, shared_by_id) references kernel.users (tenant_id, id)
);
create unique index ux_record_share_token_hash on kernel.record_share (token_hash);
create index ix_record_share_shared_by_id on kernel.record_share (tenant_id, shared_by_id);
create index ix_record_share_record on kernel.record_share (tenant_id, record_kind, record_id, id desc) where deleted_at is null;
select kernel.protect('kernel.record_share');
