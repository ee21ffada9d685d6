using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Kernel.Database;
using Tessera.Testing;

namespace Tessera.Architecture.Tests;

/// <summary>The database's own lock between tenants, read from its catalogue for every table that has one.</summary>
public sealed class TenancyTests(Api api) : IClassFixture<Api>
{
    private const string Unprotected =
        """
        select c.oid::regclass::text || case
                 when not c.relrowsecurity then ': no row-level security'
                 when not c.relforcerowsecurity then ': not forced on the owner'
                 when not exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd = '*'
                                  and pg_get_expr(p.polqual, p.polrelid) = '(tenant_id = (current_setting(''app.tenant_id''::text))::uuid)') then ': no tenant policy'
                 when exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd <> 'r'
                              and pg_get_expr(coalesce(p.polwithcheck, p.polqual), p.polrelid) not like '%tenant_id = (current_setting(''app.tenant_id''%') then ': another policy lets writes through'
                 else null end
        from unnest($1::text[]) as name join pg_class c on c.oid = name::regclass
        """;

    private IReadOnlyList<string> TenantTables
    {
        get
        {
            using var db = api.Open(TenantScope.System(Guid.AllBitsSet));
            return [.. db.Model.GetEntityTypes().Where(type => type.GetDeclaredQueryFilters().Any(f => f.Key == QueryFilters.Tenant)).Select(type => $"{type.GetSchema()}.{type.GetTableName()}")];
        }
    }

    [Fact]
    public async Task Every_table_of_a_tenant_is_locked_by_the_database()
    {
        Assert.Contains("kernel.users", TenantTables);
        Assert.Contains("kernel.change", TenantTables);
        Assert.Contains("kernel.booking", TenantTables);
        Assert.Contains("recruiting.candidate", TenantTables);

        Assert.Empty(await UnprotectedAsync(TenantTables));
    }

    [Fact]
    public async Task A_table_somebody_forgot_to_protect_is_found_out()
    {
        await api.SqlAsync(
            """
            create table kernel.forgotten (tenant_id uuid);
            create table kernel.half (tenant_id uuid); alter table kernel.half enable row level security;
            create table kernel.open_policy (tenant_id uuid); select kernel.protect('kernel.open_policy'); create policy everything on kernel.open_policy using (true);
            """);

        Assert.Equal(
            ["kernel.forgotten: no row-level security", "kernel.half: not forced on the owner", "kernel.open_policy: another policy lets writes through"],
            await UnprotectedAsync(["kernel.forgotten", "kernel.half", "kernel.open_policy"]));
        await api.SqlAsync("drop table kernel.forgotten, kernel.half, kernel.open_policy");
    }

    [Fact]
    public async Task Every_view_asks_its_tables_with_the_callers_own_rights()
    {
        Assert.Empty(await ViewsWithRightsOfTheirOwnAsync());

        await api.SqlAsync("create view kernel.open_view as select * from kernel.users");
        Assert.Equal("kernel.open_view", Assert.Single(await ViewsWithRightsOfTheirOwnAsync()));
        await api.SqlAsync("drop view kernel.open_view");
    }

    private async Task<string[]> ViewsWithRightsOfTheirOwnAsync() => (string[])(await api.SqlAsync(
        """
        select coalesce(array_agg(c.oid::regclass::text), '{}') from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema') and c.relname not like 'pg_stat_statements%'
          and not coalesce(c.reloptions::text[] && array['security_invoker=true', 'security_invoker=on'], false)
        """))!;

    [Fact]
    public void Every_record_of_a_module_belongs_to_a_tenant_by_the_model()
    {
        using var db = api.Open(TenantScope.System(Guid.AllBitsSet));
        var records = db.Model.GetEntityTypes().Where(type => type.ClrType.IsSubclassOf(typeof(TenantRecord))).ToList();

        Assert.NotEmpty(records);
        Assert.All(records, type =>
        {
            Assert.Equal(["TenantId", "Id"], type.FindPrimaryKey()!.Properties.Select(p => p.Name));
            Assert.Contains(type.GetDeclaredQueryFilters(), f => f.Key == QueryFilters.Tenant);
            Assert.Contains(type.GetDeclaredQueryFilters(), f => f.Key == QueryFilters.Live);
            Assert.All(type.GetForeignKeys().Where(f => f.PrincipalEntityType.ClrType.IsSubclassOf(typeof(TenantRecord))), f => Assert.Contains(f.Properties, p => p.Name == "TenantId"));
        });
    }

    [Fact]
    public async Task The_role_the_product_works_as_cannot_bypass_the_lock()
    {
        var runtime = await RuntimeConnection.PrepareAsync(api.OwnerConnectionString);
        await using var database = NpgsqlDataSource.Create(runtime);
        await using var command = database.CreateCommand(
            """
            select current_user::text, r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb,
                   exists (select from pg_class c where c.relowner = r.oid), exists (select from pg_auth_members m where m.member = r.oid)
            from pg_roles r where r.rolname = current_user
            """);
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.Equal(Migrator.RuntimeRole, reader.GetString(0));
        Assert.False(reader.GetBoolean(1), "It could step around row-level security.");
        Assert.False(reader.GetBoolean(2), "It owns a table.");
        Assert.False(reader.GetBoolean(3), "It is a member of another role.");
    }

    [Fact]
    public async Task No_table_shows_another_tenants_rows_even_to_plain_SQL()
    {
        var (mine, theirs) = (await api.FoundAsync(), await api.FoundAsync());
        await Samples.AddAsync(theirs, "recruiting/interviews");
        await Samples.AddAsync(theirs, "recruiting/calls");
        var runtime = await RuntimeConnection.PrepareAsync(api.OwnerConnectionString);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(runtime) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"select set_config('app.tenant_id', '{mine.Id}', false)");

        foreach (var table in TenantTables)
        {
            await using var foreign = new NpgsqlCommand($"select count(*) from {table} where tenant_id <> '{mine.Id}'", connection);
            Assert.Equal(0L, await foreign.ExecuteScalarAsync());
        }

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(
            connection,
            $"insert into kernel.booking (tenant_id, id, resource_kind, resource_id, resource_name, period, subject_kind, subject_id, subject_title, exclusive) values ('{theirs.Id}', gen_random_uuid(), 'room', gen_random_uuid(), '', tstzrange(now(), now() + interval '1 hour'), 'x', gen_random_uuid(), '', false)"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public async Task A_forgotten_tenant_is_an_error_and_not_an_empty_list()
    {
        var runtime = await RuntimeConnection.PrepareAsync(api.OwnerConnectionString);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(runtime) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();

        await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection, "select count(*) from recruiting.candidate"));
    }

    [Fact]
    public async Task The_change_feed_can_only_be_added_to()
    {
        var tenant = await api.FoundAsync();
        var runtime = await RuntimeConnection.PrepareAsync(api.OwnerConnectionString);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(runtime) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"select set_config('app.tenant_id', '{tenant.Id}', false)");

        foreach (var sql in (string[])["update kernel.change set actor_name = 'x'", "delete from kernel.change", "truncate kernel.change"])
        {
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection, sql))).SqlState);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<IReadOnlyList<string>> UnprotectedAsync(IReadOnlyList<string> tables)
    {
        await using var database = NpgsqlDataSource.Create(api.OwnerConnectionString);
        await using var command = database.CreateCommand(Unprotected);
        command.Parameters.Add(new() { Value = tables.ToArray() });
        await using var reader = await command.ExecuteReaderAsync();
        var faults = new List<string>();
        while (await reader.ReadAsync())
        {
            if (!await reader.IsDBNullAsync(0))
            {
                faults.Add(reader.GetString(0));
            }
        }

        return faults;
    }
}
