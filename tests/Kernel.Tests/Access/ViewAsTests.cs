using Tessera.Testing;

namespace Tessera.Kernel.Tests.Access;

/// <summary>An administrator looks through somebody's eyes and touches nothing.</summary>
public sealed class ViewAsTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task It_shows_what_the_person_sees_and_changes_nothing()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent", "Mara Lindt");
        var record = await tenant.Admin.AddCandidateAsync();

        var me = (await tenant.Admin.Post("access/view-as", new { userId = agent.UserId })).Must(200);
        Assert.Equal(agent.UserId, me["user"].GetProperty("id").GetGuid());
        Assert.Equal(tenant.Admin.UserId, me["viewAs"].GetProperty("id").GetGuid());
        tenant.Admin.Headers["X-View-As"] = agent.UserId.ToString();

        (await tenant.Admin.Get("recruiting/candidates")).Must(403, "forbidden");
        (await tenant.Admin.Get("recruiting/calls")).Must(200);
        Assert.Equal("Mara Lindt", (await tenant.Admin.Get("auth/me")).Must(200)["user"].GetProperty("fullName").GetString());
        (await tenant.Admin.Post("recruiting/calls", await SampleAsync(tenant))).Must(403, "read_only_view");
        (await tenant.Admin.Delete($"recruiting/candidates/{record.Id}")).Must(403, "read_only_view");
        (await tenant.Admin.Put("auth/profile", new { fullName = "X", locale = "en", timeZone = "UTC" })).Must(403, "read_only_view");

        tenant.Admin.Headers.Clear();
        (await tenant.Admin.Get("recruiting/candidates")).Must(200);
    }

    [Fact]
    public async Task It_is_for_people_who_manage_users_only_and_leaves_a_trace()
    {
        var (tenant, other) = (await api.FoundAsync(), await api.FoundAsync());
        var (manager, agent) = (await tenant.AddAsync("manager"), await tenant.AddAsync("agent"));

        (await manager.Post("access/view-as", new { userId = agent.UserId })).Must(403, "forbidden");
        manager.Headers["X-View-As"] = agent.UserId.ToString();
        (await manager.Get("auth/me")).Must(403, "forbidden");
        tenant.Admin.Headers["X-View-As"] = other.Admin.UserId.ToString();
        (await tenant.Admin.Get("auth/me")).Must(404);
        tenant.Admin.Headers["X-View-As"] = "nobody";
        (await tenant.Admin.Get("auth/me")).Must(404);
        tenant.Admin.Headers.Clear();
        (await tenant.Admin.Post("access/view-as", new { userId = other.Admin.UserId })).Must(404);
        (await tenant.Admin.Post("access/view-as", new { userId = agent.UserId })).Must(200);

        Assert.Equal(1L, await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1 and action = 'view_as' and actor_id = $2 and target_user_id = $3", tenant.Id, tenant.Admin.UserId, agent.UserId));
    }

    private static async Task<object> SampleAsync(TestTenant tenant)
    {
        var header = tenant.Admin.Headers["X-View-As"];
        tenant.Admin.Headers.Clear();
        var body = await Samples.BodyAsync(tenant, "recruiting/calls");
        tenant.Admin.Headers["X-View-As"] = header;
        return body;
    }
}
