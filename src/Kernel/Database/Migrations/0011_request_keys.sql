-- Which record an Idempotency-Key made: the same request sent again finds it instead of making another.
create table kernel.request_key (
  tenant_id uuid not null,
  user_id uuid not null,
  key text not null,
  request_hash bytea not null,
  record_id uuid not null,
  created_at timestamptz not null,
  constraint pk_request_key primary key (tenant_id, user_id, key)
);
create index ix_request_key_created_at on kernel.request_key (tenant_id, created_at);
select kernel.protect('kernel.request_key');
