-- A nightly backup that fails is tried again in the same night: each try is a line of the history.
alter table kernel.backup
  add column attempt integer not null default 1,
  add constraint ck_backup_attempt check (attempt >= 1);
alter table kernel.backup alter column attempt drop default;
drop index kernel.ux_backup_local_date;
create unique index ux_backup_local_date on kernel.backup (tenant_id, local_date, attempt) where local_date is not null;
