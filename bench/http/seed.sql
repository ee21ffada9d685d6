-- 100 workspaces with 1,000 candidates each, spelled like the peers' clients. The first workspace and its administrator exist: they were set up over HTTP.
insert into kernel.tenant (id, slug, name, time_zone, modules, created_at)
select md5('tenant' || n)::uuid, 'bench-' || n, 'Bench ' || n, 'UTC', '{recruiting}', now() from generate_series(2, 100) n;
insert into kernel.account (id, email, email_key, full_name, password_hash, created_at)
select md5('account' || n)::uuid, 'admin' || n || '@bench.test', 'admin' || n || '@bench.test', 'Admin ' || n, a.password_hash, now()
from generate_series(2, 100) n, kernel.account a where a.email_key = 'admin1@bench.test';
insert into kernel.users (tenant_id, id, account_id, email, email_key, full_name, role, active, version, created_at, updated_at)
select md5('tenant' || n)::uuid, md5('user' || n)::uuid, md5('account' || n)::uuid, 'admin' || n || '@bench.test', 'admin' || n || '@bench.test', 'Admin ' || n, 'admin', true, 1, now(), now()
from generate_series(2, 100) n;
insert into recruiting.candidate (tenant_id, id, full_name, email, email_key, email_stem, name_key, position, status, phone, phone_key, notes, skills, tags, rating, do_not_hire, stage_entered_at, version, created_at, updated_at)
select t.id, md5('client' || n)::uuid, name.full_name, 'client' || n || '@example.test', 'client' || n || '@example.test', 'client' || n || '@example.test',
  left(lower(name.full_name), 2), name.position, (array['applied', 'screening', 'interviewed', 'hired', 'rejected'])[1 + (n / 100) % 5],
  '+4930' || lpad((n * 37 % 10000000)::text, 7, '0'), right('4930' || lpad((n * 37 % 10000000)::text, 7, '0'), 9), 'Notes for client ' || n || ': ' || repeat('lorem ipsum ', 1 + n % 8),
  '{}', '{}', 0, false, now(), 1, timestamptz '2024-01-01 00:00+00' + n * interval '7 minutes', timestamptz '2024-01-01 00:00+00' + n * interval '9 minutes'
from generate_series(1, 100000) n
cross join lateral (select
  (array['Anna', 'Boris', 'Carla', 'Dmitri', 'Elena', 'Farid', 'Greta', 'Hugo', 'Irina', 'Jonas', 'Klara', 'Leo', 'Maria', 'Nils', 'Olga', 'Pavel'])[1 + (n / 100 * 7 + n) % 16] || ' ' ||
  (array['Adler', 'Becker', 'Costa', 'Dubois', 'Eriksen', 'Fischer', 'Garcia', 'Hansen', 'Ivanov', 'Jansen', 'Kovacs', 'Lopez', 'Meyer', 'Novak', 'Olsen', 'Petrov', 'Quinn', 'Rossi', 'Silva', 'Tamm'])[1 + (n / 100 * 13 + n) % 20] || ' ' || n as full_name,
  (array['Acme', 'Globex', 'Initech', 'Umbra', 'Stark', 'Wayne', 'Wonka', 'Hooli'])[1 + (n / 100 * 3 + n) % 8] || ' ' || (array['GmbH', 'Ltd', 'LLC', 'SA', 'AG'])[1 + (n / 100 + n) % 5] || ' ' || (n % 977) as position) name
join kernel.tenant t on t.slug = 'bench-' || (1 + n % 100);
-- Out of the pending list: a search reads only the index itself.
vacuum analyze;
