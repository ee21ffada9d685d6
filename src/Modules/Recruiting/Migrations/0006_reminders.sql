-- Minutes before an interview at which its people are reminded; interviews that exist get what new ones begin with.
alter table recruiting.interview add column reminders integer[] not null default '{1440,15}';
alter table recruiting.interview alter column reminders drop default;
-- Calls nobody returned are looked for every half minute.
create index ix_call_follow_up_at on recruiting.call (tenant_id, follow_up_at) where follow_up_at is not null and followed_up_at is null and deleted_at is null;
