-- Comments answer each other, carry lists of things to do and files, can be pinned, and be shown to people outside.
alter table kernel.comment
  add column reply_to_id uuid,
  add column pinned boolean not null default false,
  add column client_visible boolean not null default false,
  add column checklist jsonb not null default '[]',
  add column attachments jsonb not null default '[]',
  add constraint fk_comment_reply_to_id foreign key (tenant_id, reply_to_id) references kernel.comment (tenant_id, id),
  add constraint ck_comment_pinned check (not pinned or reply_to_id is null);
alter table kernel.comment
  alter column pinned drop default,
  alter column client_visible drop default,
  alter column checklist drop default,
  alter column attachments drop default;
create index ix_comment_reply_to_id on kernel.comment (tenant_id, reply_to_id) where reply_to_id is not null;

-- A thread whose first comment was removed is still read, so removed ones are in the index too.
drop index kernel.ix_comment_record;
create index ix_comment_record on kernel.comment (tenant_id, record_kind, record_id, id desc);
create index ix_comment_pinned on kernel.comment (tenant_id, record_kind, record_id) where pinned;

-- The record a file hangs on, and with it who may have the file.
alter table kernel.stored_file
  add column record_kind text,
  add column record_id uuid,
  add constraint ck_stored_file_record check ((record_kind is null) = (record_id is null));
create index ix_stored_file_record on kernel.stored_file (tenant_id, record_kind, record_id) where record_id is not null;
