using Tessera.Testing;

namespace Tessera.Kernel.Tests.Identity;

public sealed class InvitationTests(Api api) : IClassFixture<Api>
{
    private const string NewPassword = "Green-Lantern-52";

    [Fact]
    public async Task A_person_joins_by_link_and_is_signed_in()
    {
        var tenant = await api.FoundAsync();
        var (email, token) = (Api.NewEmail(), "");
        var invited = (await tenant.Admin.Post("invitations", new { email, fullName = "Noor Haddad", role = "agent" })).Must(201);
        token = TokenOf(invited);
        Assert.Equal(email, invited["email"].GetString());
        Assert.Equal(api.Clock.Now.AddDays(7), invited["expiresAt"].GetDateTimeOffset(), TimeSpan.FromMinutes(1));

        var read = (await api.Anonymous.Get($"auth/invitations/{token}")).Must(200);
        Assert.Equal((email, "Noor Haddad", "agent", tenant.Admin.FullName), (read["email"].GetString(), read["fullName"].GetString(), read["role"].GetString(), read["invitedBy"].GetString()));
        Assert.False(read["accountExists"].GetBoolean());

        var guest = api.Anonymous;
        var joined = (await guest.Post($"auth/invitations/{token}/accept", new { password = NewPassword })).Must(200);
        guest.Token = joined["accessToken"].GetString();
        var me = (await guest.Get("auth/me")).Must(200);
        Assert.Equal(("Noor Haddad", "agent"), (me["user"].GetProperty("fullName").GetString(), me["user"].GetProperty("role").GetString()));
        (await api.Anonymous.SignInAsync(email, NewPassword)).Must(200);
        Assert.Empty((await tenant.Admin.Get("invitations")).Must(200).Items);
    }

    [Fact]
    public async Task The_link_is_shown_once_and_only_its_hash_is_kept()
    {
        var tenant = await api.FoundAsync();
        var token = TokenOf((await tenant.Admin.Post("invitations", new { email = Api.NewEmail(), role = "viewer" })).Must(201));

        Assert.DoesNotContain(token, (await tenant.Admin.Get("invitations")).Must(200).Text, StringComparison.Ordinal);
        var kept = (string)(await api.SqlAsync("select coalesce(string_agg(i::text, ' '), '') || (select coalesce(string_agg(c::text, ' '), '') from kernel.change c) from kernel.invitation i"))!;
        Assert.DoesNotContain(token, kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_works_once()
    {
        var tenant = await api.FoundAsync();
        var token = TokenOf((await tenant.Admin.Post("invitations", new { email = Api.NewEmail(), fullName = "Ada Costa", role = "viewer" })).Must(201));
        (await api.Anonymous.Post($"auth/invitations/{token}/accept", new { password = NewPassword })).Must(200);

        (await api.Anonymous.Get($"auth/invitations/{token}")).Must(410, "invitation_ended");
        (await api.Anonymous.Post($"auth/invitations/{token}/accept", new { password = NewPassword })).Must(410, "invitation_ended");
    }

    [Fact]
    public async Task Of_two_that_accept_at_once_one_wins()
    {
        var tenant = await api.FoundAsync();
        var email = Api.NewEmail();
        var token = TokenOf((await tenant.Admin.Post("invitations", new { email, fullName = "Ada Costa", role = "viewer" })).Must(201));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => api.Anonymous.Post($"auth/invitations/{token}/accept", new { password = NewPassword })));

        Assert.Single(answers, a => a.Status == 200);
        Assert.All(answers.Where(a => a.Status != 200), a => Assert.InRange(a.Status, 401, 410));
        Assert.Equal(1L, await api.SqlAsync("select count(*) from kernel.users where email = $1", email));
    }

    [Fact]
    public async Task An_invitation_ends_after_seven_days()
    {
        var tenant = await api.FoundAsync();
        var token = TokenOf((await tenant.Admin.Post("invitations", new { email = Api.NewEmail(), role = "viewer" })).Must(201));
        api.Clock.Advance(TimeSpan.FromDays(7));

        (await api.Anonymous.Get($"auth/invitations/{token}")).Must(410, "invitation_ended");
    }

    [Fact]
    public async Task A_revoked_invitation_and_one_replaced_by_a_newer_are_void()
    {
        var tenant = await api.FoundAsync();
        var email = Api.NewEmail();
        var first = TokenOf((await tenant.Admin.Post("invitations", new { email, role = "viewer" })).Must(201));
        var second = (await tenant.Admin.Post("invitations", new { email = email.ToUpperInvariant(), role = "agent" })).Must(201);
        (await api.Anonymous.Get($"auth/invitations/{first}")).Must(410, "invitation_ended");
        (await api.Anonymous.Get($"auth/invitations/{TokenOf(second)}")).Must(200);

        (await tenant.Admin.Delete($"invitations/{second.Id}")).Must(204);

        (await api.Anonymous.Post($"auth/invitations/{TokenOf(second)}/accept", new { fullName = "A B", password = NewPassword })).Must(410, "invitation_ended");
        (await tenant.Admin.Delete($"invitations/{second.Id}")).Must(404, "not_found");
    }

    [Fact]
    public async Task Nobody_invites_above_themselves_or_into_a_role_that_does_not_exist()
    {
        var tenant = await api.FoundAsync();
        var manager = await tenant.AddAsync("manager");
        (await manager.Post("invitations", new { email = Api.NewEmail(), role = "viewer" })).Must(403, "forbidden");
        (await tenant.Admin.Put($"users/{manager.UserId}/pages/user_management", new { access = "grant" })).Must(200);
        (await tenant.Admin.Put($"users/{manager.UserId}/pages/calls", new { access = "deny" })).Must(200);

        (await manager.Post("invitations", new { email = Api.NewEmail(), role = "admin" })).Must(403, "cannot_grant");
        (await manager.Post("invitations", new { email = Api.NewEmail(), role = "viewer" })).Must(201);
        Assert.Contains("role", (await tenant.Admin.Post("invitations", new { email = Api.NewEmail(), role = "emperor" })).Must(400, "validation_failed").Faults);
        Assert.Contains("email", (await tenant.Admin.Post("invitations", new { email = "nobody", role = "viewer" })).Must(400, "validation_failed").Faults);
    }

    [Fact]
    public async Task Members_are_not_invited_and_former_members_are_offered_to_be_restored()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        (await tenant.Admin.Post("invitations", new { email = agent.Email, role = "viewer" })).Must(409, "duplicate_value");
        (await tenant.Admin.Delete($"users/{agent.UserId}")).Must(204);

        var answer = (await tenant.Admin.Post("invitations", new { email = agent.Email, role = "viewer" })).Must(409, "duplicate_value");

        Assert.Equal(agent.UserId, answer["trashedId"].GetGuid());
    }

    [Fact]
    public async Task Somebody_with_an_account_joins_with_its_own_password_only()
    {
        var (home, other) = (await api.FoundAsync(), await api.FoundAsync());
        var agent = await home.AddAsync("agent");
        var token = TokenOf((await other.Admin.Post("invitations", new { email = agent.Email, role = "manager" })).Must(201));
        Assert.True((await api.Anonymous.Get($"auth/invitations/{token}")).Must(200)["accountExists"].GetBoolean());

        (await api.Anonymous.Post($"auth/invitations/{token}/accept", new { password = NewPassword })).Must(401, "invalid_credentials");
        var joined = (await api.Anonymous.Post($"auth/invitations/{token}/accept", new { password = Api.Password })).Must(200);

        Assert.Equal("manager", joined["user"].GetProperty("role").GetString());
        Assert.Equal(2, joined["tenants"].GetArrayLength());
        Assert.Equal("agent", (await agent.Get("auth/me")).Must(200)["user"].GetProperty("role").GetString());
    }

    [Fact]
    public async Task Somebody_signed_in_with_the_account_needs_no_password_and_somebody_else_does()
    {
        var (home, other) = (await api.FoundAsync(), await api.FoundAsync());
        var agent = await home.AddAsync("agent");
        var token = TokenOf((await other.Admin.Post("invitations", new { email = agent.Email, role = "viewer" })).Must(201));

        (await home.Admin.Post($"auth/invitations/{token}/accept", new { })).Must(401, "invalid_credentials");
        (await agent.Post($"auth/invitations/{token}/accept", new { })).Must(200);
    }

    [Fact]
    public async Task Guessing_the_password_behind_an_invitation_is_throttled()
    {
        var (home, other) = (await api.FoundAsync(), await api.FoundAsync());
        var agent = await home.AddAsync("agent");
        var token = TokenOf((await other.Admin.Post("invitations", new { email = agent.Email, role = "viewer" })).Must(201));
        for (var i = 0; i < 5; i++)
        {
            (await api.Anonymous.Post($"auth/invitations/{token}/accept", new { password = "Wrong-Guess-12345" })).Must(401, "invalid_credentials");
        }

        (await api.Anonymous.Post($"auth/invitations/{token}/accept", new { password = Api.Password })).Must(429, "too_many_attempts");
    }

    [Fact]
    public async Task A_former_membership_of_the_account_comes_back_instead_of_a_second_one()
    {
        var tenant = await api.FoundAsync();
        var email = Api.NewEmail();
        var token = TokenOf((await tenant.Admin.Post("invitations", new { email, fullName = "Femi Bauer", role = "manager" })).Must(201));
        var added = (await tenant.Admin.Post("users", new { email, fullName = "Femi Bauer", role = "viewer", password = Api.Password })).Must(201);
        (await tenant.Admin.Delete($"users/{added.Id}")).Must(204);

        var joined = (await api.Anonymous.Post($"auth/invitations/{token}/accept", new { password = Api.Password })).Must(200);

        Assert.Equal(added.Id, joined["user"].GetProperty("id").GetGuid());
        Assert.Equal("manager", joined["user"].GetProperty("role").GetString());
        Assert.Equal(1L, await api.SqlAsync("select count(*) from kernel.users where email = $1", email));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("f48kX2bJQ0uQ1eYyqjv3AQf48kX2bJQ0uQ1eYyqjv3AQf48kX2bJQ0uQ1eYyqjv3")]
    [InlineData("%F0%9F%94%91")]
    public async Task A_made_up_link_is_not_found(string token)
    {
        (await api.Anonymous.Get($"auth/invitations/{token}")).Must(404, "not_found");
        (await api.Anonymous.Post($"auth/invitations/{token}/accept", new { password = NewPassword })).Must(404, "not_found");
    }

    [Fact]
    public async Task A_new_account_needs_a_name_and_a_good_password()
    {
        var tenant = await api.FoundAsync();
        var token = TokenOf((await tenant.Admin.Post("invitations", new { email = Api.NewEmail(), role = "viewer" })).Must(201));

        Assert.Contains("fullName", (await api.Anonymous.Post($"auth/invitations/{token}/accept", new { password = NewPassword })).Must(400).Faults);
        Assert.Contains("password", (await api.Anonymous.Post($"auth/invitations/{token}/accept", new { fullName = "A B", password = "short" })).Must(400).Faults);
        Assert.Contains("password", (await api.Anonymous.Post($"auth/invitations/{token}/accept", new { fullName = "A B" })).Must(400).Faults);
        (await api.Anonymous.Post($"auth/invitations/{token}/accept", new { fullName = "A B", password = NewPassword })).Must(200);
    }

    [Fact]
    public async Task Another_tenants_invitation_is_not_there()
    {
        var (mine, theirs) = (await api.FoundAsync(), await api.FoundAsync());
        var invited = (await theirs.Admin.Post("invitations", new { email = Api.NewEmail(), role = "viewer" })).Must(201);

        (await mine.Admin.Delete($"invitations/{invited.Id}")).Must(404, "not_found");
        Assert.Empty((await mine.Admin.Get("invitations")).Must(200).Items);
    }

    [Fact]
    public async Task An_account_that_waits_deactivated_in_another_tenant_cannot_be_taken_over()
    {
        var (home, other) = (await api.FoundAsync(), await api.FoundAsync());
        var agent = await home.AddAsync("agent");
        var row = (await home.Admin.Get($"users/{agent.UserId}")).Must(200);
        (await home.Admin.Patch($"users/{agent.UserId}", new { active = false }, row.Version)).Must(200);

        (await other.Admin.Post("users", new { email = agent.Email, fullName = "Not them", role = "viewer", password = NewPassword })).Must(409, "account_exists");
    }

    internal static string TokenOf(Answer invited) => invited["link"].GetString()!.Split('/')[^1];
}
