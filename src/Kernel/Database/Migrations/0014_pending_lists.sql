-- Who adds thousands of rows at once lets the lists before the search indexes grow, and has them taken in at the end. Only an index' owner
-- may ask for that: this function does it for the product's role, and reads or changes nothing else.
create function kernel.empty_pending_lists(owned regclass) returns bigint
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(sum(gin_clean_pending_list(i.indexrelid)), 0)::bigint
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
  where i.indrelid = owned and a.amname = 'gin'
$$;
revoke execute on function kernel.empty_pending_lists(regclass) from public;
