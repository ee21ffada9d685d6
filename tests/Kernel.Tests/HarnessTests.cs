using Tessera.Testing;

namespace Tessera.Kernel.Tests;

public sealed class HarnessTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_founded_tenant_has_people_who_sign_in()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");

        var me = (await agent.Get("auth/me")).Must(200);

        Assert.Equal(agent.UserId, me["user"].GetProperty("id").GetGuid());
        Assert.Equal("agent", me["user"].GetProperty("role").GetString());
        Assert.Equal(tenant.Slug, me["tenant"].GetProperty("slug").GetString());
    }

    [Fact]
    public async Task The_host_goes_by_the_tests_clock()
    {
        var tenant = await api.FoundAsync();
        api.Clock.Advance(TimeSpan.FromMinutes(31));

        (await tenant.Admin.Get("auth/me")).Must(401);

        (await tenant.Admin.RefreshAsync()).Must(200);
        (await tenant.Admin.Get("auth/me")).Must(200);
    }

    [Fact]
    public async Task Statements_of_one_call_are_counted()
    {
        var tenant = await api.FoundAsync();
        (await tenant.Admin.Get("recruiting/candidates")).Must(200);

        var sent = await api.Statements.DuringAsync(() => tenant.Admin.Get("recruiting/candidates"));

        Assert.NotEmpty(sent);
        Assert.Contains(sent, text => text.Contains("recruiting.candidate", StringComparison.Ordinal));
    }
}
