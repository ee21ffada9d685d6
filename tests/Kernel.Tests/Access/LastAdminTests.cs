using Tessera.Testing;

namespace Tessera.Kernel.Tests.Access;

/// <summary>Whatever is done, somebody can still manage users.</summary>
public sealed class LastAdminTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task The_only_administrator_cannot_lock_everybody_out_on_any_path()
    {
        var tenant = await api.FoundAsync();
        var me = tenant.Admin.UserId;

        (await tenant.Admin.Put($"users/{me}/pages/user_management", new { access = "deny" })).Must(409, "last_admin");
        (await tenant.Admin.Patch($"users/{me}", new { role = "manager" }, version: 1)).Must(409, "last_admin");
        (await tenant.Admin.Patch($"users/{me}", new { active = false }, version: 1)).Must(409, "last_admin");
        (await tenant.Admin.Delete($"users/{me}")).Must(409, "last_admin");
        foreach (var body in (object[])[new { action = "delete", ids = new[] { me } }, new { action = "update", ids = new[] { me }, change = new { active = false } }])
        {
            var bulk = (await tenant.Admin.Post("users/bulk", body)).Must(200);
            Assert.Equal("last_admin", Assert.Single(bulk["failed"].EnumerateArray()).GetProperty("code").GetString());
        }

        (await tenant.Admin.Get("users")).Must(200);
    }

    [Fact]
    public async Task An_administrator_without_user_management_does_not_count()
    {
        var tenant = await api.FoundAsync();
        var second = await tenant.AddAsync("admin");
        (await tenant.Admin.Put($"users/{second.UserId}/pages/user_management", new { access = "deny" })).Must(200);

        (await tenant.Admin.Delete($"users/{tenant.Admin.UserId}")).Must(409, "last_admin");
        (await tenant.Admin.Put($"users/{tenant.Admin.UserId}/pages/user_management", new { access = "deny" })).Must(409, "last_admin");
    }

    [Fact]
    public async Task One_of_two_administrators_still_does_not_do_it_to_themselves()
    {
        var tenant = await api.FoundAsync();
        await tenant.AddAsync("admin");
        var me = tenant.Admin.UserId;

        (await tenant.Admin.Put($"users/{me}/pages/user_management", new { access = "deny" })).Must(409, "own_user_management");
        (await tenant.Admin.Patch($"users/{me}", new { role = "viewer" }, version: 1)).Must(409, "own_role");
        (await tenant.Admin.Patch($"users/{me}", new { active = false }, version: 1)).Must(409, "own_account");
        (await tenant.Admin.Delete($"users/{me}")).Must(409, "own_account");
    }

    [Theory]
    [InlineData("demote")]
    [InlineData("deactivate")]
    [InlineData("delete")]
    [InlineData("deny")]
    [InlineData("mixed")]
    public async Task Two_administrators_who_turn_on_each_other_at_once_do_not_both_succeed(string how)
    {
        for (var round = 0; round < 3; round++)
        {
            var tenant = await api.FoundAsync();
            var (one, two) = (tenant.Admin, await tenant.AddAsync("admin"));

            var answers = await Task.WhenAll(StrikeAsync(one, two.UserId, how == "mixed" ? "deny" : how), StrikeAsync(two, one.UserId, how == "mixed" ? "demote" : how));

            var left = (long)(await api.SqlAsync(
                """
                select count(*) from kernel.users u where tenant_id = $1 and role = 'admin' and active and deleted_at is null
                  and not exists (select from kernel.page_override o where o.tenant_id = u.tenant_id and o.user_id = u.id and page = 'user_management' and access = 'deny')
                """,
                tenant.Id))!;
            Assert.Equal(1, left);
            Assert.Single(answers, a => a.Status is 200 or 204);
            Assert.All(answers.Where(a => a.Status is not (200 or 204)), a => Assert.True(a.Code is "last_admin" or "unauthenticated" or "forbidden", a.Text));
        }
    }

    [Fact]
    public async Task With_a_second_administrator_the_first_may_go()
    {
        var tenant = await api.FoundAsync();
        var second = await tenant.AddAsync("admin");

        (await second.Delete($"users/{tenant.Admin.UserId}")).Must(204);

        (await tenant.Admin.Get("users")).Must(401);
        (await second.Patch($"users/{second.UserId}", new { active = false }, version: 1)).Must(409, "last_admin");
    }

    private static Task<Answer> StrikeAsync(Person attacker, Guid victim, string how) => how switch
    {
        "demote" => attacker.Patch($"users/{victim}", new { role = "viewer" }, version: 1),
        "deactivate" => attacker.Patch($"users/{victim}", new { active = false }, version: 1),
        "delete" => attacker.Delete($"users/{victim}"),
        _ => attacker.Put($"users/{victim}/pages/user_management", new { access = "deny" }),
    };
}
