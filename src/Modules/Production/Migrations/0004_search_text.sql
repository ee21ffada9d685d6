-- What a search looks in, beside the key: a search reads its workspace's texts from these indexes alone.
drop index production.ix_project_search;
alter table production.project add column search_text text collate "C"
  generated always as (kernel.search_part(title) || E'\n' || kernel.search_part(code) || E'\n' || kernel.search_part(client_name)) stored;
create index ix_project_search on production.project (tenant_id, id) include (search_text) where deleted_at is null;

drop index production.ix_student_search;
alter table production.student add column search_text text collate "C"
  generated always as (kernel.search_part(full_name) || E'\n' || kernel.search_part(email) || E'\n' || kernel.search_part(student_no)) stored;
create index ix_student_search on production.student (tenant_id, id) include (search_text) where deleted_at is null;
