-- Keys by which two records of one person are found: the address without its tag and dots, and the beginnings of the names' words.
alter table recruiting.candidate add column email_stem text, add column name_key text;
-- The owner of a table obeys forced row-level security as well; this touches every tenant's rows once.
alter table recruiting.candidate no force row level security;
update recruiting.candidate c set
  email_stem = replace(regexp_replace(split_part(c.email_key, '@', 1), '\+.*$', ''), '.', '') || '@' || split_part(c.email_key, '@', 2),
  name_key = coalesce((select string_agg(left(word, 2), ' ' order by left(word, 2) collate "C") from regexp_split_to_table(lower(c.full_name), '[^[:alnum:]]+') word where word <> ''), '');
alter table recruiting.candidate force row level security;
alter table recruiting.candidate alter column email_stem set not null, alter column name_key set not null;
create index ix_candidate_email_stem on recruiting.candidate (tenant_id, email_stem) where deleted_at is null;
create index ix_candidate_name_key on recruiting.candidate (tenant_id, name_key) where deleted_at is null;

create table recruiting.candidate_merge (
  tenant_id uuid not null,
  id uuid not null,
  target_id uuid not null,
  duplicate_id uuid not null,
  duplicate_name text not null,
  merged_by_name text not null,
  steps jsonb not null,
  undone_at timestamptz,
  version integer not null, created_at timestamptz not null, created_by uuid, updated_at timestamptz not null, updated_by uuid, deleted_at timestamptz, deleted_by uuid,
  constraint pk_candidate_merge primary key (tenant_id, id),
  constraint fk_candidate_merge_target_id foreign key (tenant_id, target_id) references recruiting.candidate (tenant_id, id),
  constraint fk_candidate_merge_duplicate_id foreign key (tenant_id, duplicate_id) references recruiting.candidate (tenant_id, id)
);
create index ix_candidate_merge_created_at on recruiting.candidate_merge (tenant_id, created_at desc, id desc) where deleted_at is null;
create index ix_candidate_merge_target_id on recruiting.candidate_merge (tenant_id, target_id);
create index ix_candidate_merge_duplicate_id on recruiting.candidate_merge (tenant_id, duplicate_id);
select kernel.protect('recruiting.candidate_merge');
