-- The digest a change had before a person's data was erased from it: the chain goes on to count with it.
alter table kernel.change add column original_digest bytea;

-- The hash chain: each seal covers the changes behind the seal before it, in committed order. Sealing happens outside the
-- transactions that write changes, so they never wait for each other.
create table kernel.change_seal (
  tenant_id uuid not null,
  number bigint not null,
  last_xid xid8 not null,
  last_seq bigint not null,
  row_count integer not null,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null,
  newest_at timestamptz not null,
  archived_at timestamptz,
  constraint pk_change_seal primary key (tenant_id, number)
);
select kernel.protect('kernel.change_seal');

-- What a seal says about one change: every column but the digest itself, in a form in which no two rows look alike.
create function kernel.change_digest(c kernel.change) returns bytea language sql stable as $$
  select sha256(convert_to(jsonb_build_array(
    c.tenant_id, c.xid::text, c.seq, (extract(epoch from c.at) * 1000000)::bigint, c.actor_id, c.actor_name, c.action, c.target,
    c.entity_id, c.entity_version, c.label, c.target_user_id, c.before, c.after, c.reason, c.trace_id)::text, 'UTF8'))
$$;

create function kernel.without_fields(fields jsonb, blank text[]) returns jsonb language sql immutable as $$
  select case when fields is null then null
    else coalesce((select jsonb_object_agg(f.key, case when f.key = any (blank) then 'null'::jsonb else f.value end) from jsonb_each(fields) f), '{}'::jsonb) end
$$;

-- The product's role can only add changes. These two functions are all it can do to them, each for the tenant it is in, and
-- neither goes unseen: an erased change keeps its digest, a purge takes whole seals and leaves the last as the chain's anchor.
create function kernel.erase_changes(kind text, entities uuid[], personal text[], with_label boolean) returns table (erased_seq bigint, erased_digest text)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update kernel.change c set
    original_digest = kernel.change_digest(c),
    before = kernel.without_fields(c.before, personal),
    after = kernel.without_fields(c.after, personal),
    label = case when with_label then null else c.label end,
    reason = null
  where c.tenant_id = current_setting('app.tenant_id')::uuid and c.target = kind and c.entity_id = any (entities) and c.original_digest is null
  returning c.seq, encode(kernel.change_digest(c), 'hex')
$$;

create function kernel.purge_changes(up_to bigint, archived timestamptz) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  tenant constant uuid := current_setting('app.tenant_id')::uuid;
  anchor kernel.change_seal;
  purged bigint;
begin
  select * into strict anchor from kernel.change_seal s where s.tenant_id = tenant and s.number = up_to;
  if exists (select from kernel.change_seal s where s.tenant_id = tenant and s.number <= up_to and s.newest_at > now() - interval '30 days') then
    raise exception 'Changes of the last 30 days cannot be purged.' using errcode = 'insufficient_privilege';
  end if;
  delete from kernel.change c where c.tenant_id = tenant and (c.xid, c.seq) <= (anchor.last_xid, anchor.last_seq);
  get diagnostics purged = row_count;
  delete from kernel.change_seal s where s.tenant_id = tenant and s.number < up_to;
  update kernel.change_seal s set archived_at = archived where s.tenant_id = tenant and s.number = up_to;
  return purged;
end $$;

revoke execute on function kernel.erase_changes(text, uuid[], text[], boolean), kernel.purge_changes(bigint, timestamptz) from public;
