using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Database;

/// <summary>The context: one tenant at a time, no lost update, record and feed in one transaction.</summary>
public sealed class TenantScopeTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task The_second_of_two_saves_of_one_version_fails_and_writes_no_change()
    {
        var tenant = await api.FoundAsync();
        await using var first = api.Open(TenantScope.System(tenant.Id));
        await using var second = api.Open(TenantScope.System(tenant.Id));
        (await first.Set<User>().SingleAsync()).FullName = "First";
        (await second.Set<User>().SingleAsync()).FullName = "Second";

        await first.SaveChangesAsync();
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());

        Assert.Equal("First", await api.SqlAsync("select full_name from kernel.users where tenant_id = $1", tenant.Id));
        Assert.Equal(0L, await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1 and after ->> 'fullName' = 'Second'", tenant.Id));
        Assert.Equal(1L, await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1 and after ->> 'fullName' = 'First'", tenant.Id));
    }

    [Fact]
    public async Task A_lease_sees_its_tenant_only_also_with_every_filter_dropped_but_the_databases()
    {
        var (mine, theirs) = (await api.FoundAsync(), await api.FoundAsync());
        await using var db = api.Open(TenantScope.System(mine.Id));

        Assert.Equal([mine.Admin.UserId], await db.Set<User>().IgnoreQueryFilters([QueryFilters.Tenant, QueryFilters.Live]).Select(u => u.Id).ToListAsync());
        Assert.Empty(await db.Set<User>().IgnoreQueryFilters([QueryFilters.Tenant]).Where(u => u.TenantId == theirs.Id).ToListAsync());
        Assert.Equal(0, await db.Set<User>().IgnoreQueryFilters([QueryFilters.Tenant]).Where(u => u.TenantId == theirs.Id).ExecuteUpdateAsync(u => u.SetProperty(x => x.FullName, "Taken over")));
        Assert.Equal(0, await db.Set<User>().IgnoreQueryFilters([QueryFilters.Tenant]).Where(u => u.TenantId == theirs.Id).ExecuteDeleteAsync());
    }

    [Fact]
    public async Task A_lease_that_goes_on_in_another_tenant_forgets_the_first()
    {
        var (mine, theirs) = (await api.FoundAsync(), await api.FoundAsync());
        await using var db = api.Open(TenantScope.System(mine.Id));
        var loaded = await db.Set<User>().SingleAsync();

        db.Enter(TenantScope.System(theirs.Id));

        Assert.Empty(db.ChangeTracker.Entries());
        Assert.NotEqual(loaded.Id, (await db.Set<User>().SingleAsync()).Id);
        await using var transaction = await db.Database.BeginTransactionAsync();
        Assert.Throws<InvalidOperationException>(() => db.Enter(TenantScope.System(mine.Id)));
    }

    [Fact]
    public async Task Many_leases_of_many_tenants_at_once_never_mix()
    {
        var tenants = new List<TestTenant>();
        for (var i = 0; i < 4; i++)
        {
            tenants.Add(await api.FoundAsync());
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, cancel) =>
        {
            var tenant = tenants[i % tenants.Count];
            await using var db = api.Open(TenantScope.System(tenant.Id));
            Assert.Equal(tenant.Admin.UserId, await db.Set<User>().Select(u => u.Id).SingleAsync(cancel));
            var admin = await db.Set<User>().AsNoTracking().SingleAsync(cancel);
            Assert.Equal(tenant.Id, admin.TenantId);
        });
    }

    [Fact]
    public async Task What_is_used_outside_a_scope_or_synchronously_says_so()
    {
        var tenant = await api.FoundAsync();
        await using var db = api.Open(TenantScope.System(tenant.Id));

        Assert.Throws<NotSupportedException>(() => db.SaveChanges());
        Assert.Throws<NotSupportedException>(() => db.Set<User>().ToList());
        Assert.Throws<ArgumentException>(() => db.Enter(TenantScope.System(Guid.Empty)));
    }

    [Fact]
    public async Task A_record_and_its_change_are_saved_together_or_not_at_all()
    {
        var tenant = await api.FoundAsync();
        await using var db = api.Open(new TenantScope(tenant.Id, tenant.Admin.UserId, "Tester", "trace-1"));
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            (await db.Set<User>().SingleAsync()).FullName = "Rolled back";
            db.Note(new Change { Action = "export_data", Target = "candidate" });
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        }

        Assert.Equal(0L, await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1 and (trace_id = 'trace-1' or after ->> 'fullName' = 'Rolled back')", tenant.Id));
        db.ChangeTracker.Clear();
        (await db.Set<User>().SingleAsync()).FullName = "Kept";
        await db.SaveChangesAsync();
        Assert.Equal("Tester", await api.SqlAsync("select actor_name from kernel.change where tenant_id = $1 and trace_id = 'trace-1'", tenant.Id));
    }
}
