-- PostgreSQL prepares a generated column's expression anew for each statement that writes, and a function in SQL is parsed and put in place each time:
-- a third of a single insert. One in PL/pgSQL is kept by the connection; for a hundred thousand rows at once it costs a twentieth of a second more.
create or replace function kernel.search_part(t text) returns text language plpgsql immutable parallel safe as $$
begin
  return left(kernel.folded(coalesce(t, '')), 200);
end
$$;
