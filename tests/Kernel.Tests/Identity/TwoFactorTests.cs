using System.Text;
using Tessera.Kernel.Identity;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Identity;

public sealed class TwoFactorTests(Api api) : IClassFixture<Api>
{
    /// <summary>RFC 6238, appendix B, the SHA-1 rows.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_rfc_6238(long seconds, string code)
    {
        var secret = "12345678901234567890"u8;

        Assert.Equal(code, Totp.CodeAt(secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)), digits: 8));
        Assert.Equal(code[2..], Totp.CodeAt(secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_rfc_4648(string text, string encoded) => Assert.Equal(encoded, Base32.Encode(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void One_step_before_and_after_the_present_is_accepted(int steps, bool accepted)
    {
        var (secret, now) = ("12345678901234567890"u8.ToArray(), TestClock.Start);
        var step = Totp.StepAt(now) + steps;

        Assert.Equal(accepted ? step : null, Totp.MatchingStep(secret, Totp.CodeAt(secret, step), now));
    }

    [Fact]
    public async Task Sign_in_asks_for_the_code_once_the_factor_is_confirmed()
    {
        var agent = await (await api.FoundAsync()).AddAsync("agent");
        var key = (await agent.Post("auth/two-factor/begin")).Must(200);
        Assert.StartsWith("otpauth://totp/Tessera:", key["uri"].GetString(), StringComparison.Ordinal);
        Assert.Contains("secret=" + key["secret"].GetString(), key["uri"].GetString(), StringComparison.Ordinal);
        (await api.Anonymous.SignInAsync(agent.Email, Api.Password)).Must(200);

        var secret = Decode(key["secret"].GetString()!);
        var codes = (await agent.Post("auth/two-factor/confirm", new { code = CodeNow(secret) })).Must(200);

        Assert.Equal(10, codes["recoveryCodes"].EnumerateArray().Select(c => c.GetString()).Distinct().Count());
        (await api.Anonymous.SignInAsync(agent.Email, Api.Password)).Must(401, "second_factor_required");
        api.Clock.Advance(Totp.Step);
        (await SignIn(agent, CodeNow(secret))).Must(200);
        Assert.True((await agent.Get("auth/two-factor")).Must(200)["enabled"].GetBoolean());
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var (agent, secret, _) = await WithSecondFactorAsync();
        api.Clock.Advance(Totp.Step);
        var code = CodeNow(secret);
        (await SignIn(agent, code)).Must(200);

        (await SignIn(agent, code)).Must(401, "second_factor_required");
    }

    [Fact]
    public async Task Of_two_sign_ins_with_one_code_one_wins()
    {
        var (agent, secret, recovery) = await WithSecondFactorAsync();
        api.Clock.Advance(Totp.Step);

        Assert.Single(await Task.WhenAll(SignIn(agent, CodeNow(secret)), SignIn(agent, CodeNow(secret))), a => a.Status == 200);
        Assert.Single(await Task.WhenAll(SignIn(agent, recovery[0]), SignIn(agent, recovery[0])), a => a.Status == 200);
    }

    [Fact]
    public async Task A_recovery_code_works_once_however_it_is_typed()
    {
        var (agent, _, recovery) = await WithSecondFactorAsync();
        (await SignIn(agent, recovery[0].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal))).Must(200);

        (await SignIn(agent, recovery[0])).Must(401, "second_factor_required");
        Assert.Equal(9, (await agent.Get("auth/two-factor")).Must(200)["recoveryCodesLeft"].GetInt32());
    }

    [Fact]
    public async Task The_right_code_does_not_help_a_wrong_password_and_tells_nothing()
    {
        var (agent, secret, _) = await WithSecondFactorAsync();
        api.Clock.Advance(Totp.Step);

        (await api.Anonymous.Post("auth/login", new { email = agent.Email, password = "Wrong-Guess-12345", code = CodeNow(secret) })).Must(401, "invalid_credentials");
        (await SignIn(agent, CodeNow(secret))).Must(200);
    }

    [Fact]
    public async Task Guessing_codes_is_throttled_like_guessing_passwords()
    {
        var (agent, secret, _) = await WithSecondFactorAsync();
        api.Clock.Advance(Totp.Step);
        var wrong = CodeNow(secret) == "000000" ? "000001" : "000000";
        for (var i = 0; i < 5; i++)
        {
            (await SignIn(agent, wrong)).Must(401, "second_factor_required");
        }

        (await SignIn(agent, CodeNow(secret))).Must(429, "too_many_attempts");
    }

    [Fact]
    public async Task Turning_it_off_takes_password_and_code()
    {
        var (agent, secret, recovery) = await WithSecondFactorAsync();
        Assert.Contains("password", (await agent.Post("auth/two-factor/disable", new { password = "Wrong-Guess-12345", code = recovery[0] })).Must(400).Faults);
        Assert.Contains("code", (await agent.Post("auth/two-factor/disable", new { password = Api.Password, code = "123" })).Must(400).Faults);
        api.Clock.Advance(Totp.Step);

        (await agent.Post("auth/two-factor/disable", new { password = Api.Password, code = CodeNow(secret) })).Must(204);

        (await api.Anonymous.SignInAsync(agent.Email, Api.Password)).Must(200);
        Assert.Equal(2L, await api.SqlAsync("select count(*) from kernel.change where target_user_id = $1 and action in ('mfa_enable', 'mfa_disable')", agent.UserId));
    }

    [Fact]
    public async Task New_recovery_codes_end_the_old_ones()
    {
        var (agent, _, recovery) = await WithSecondFactorAsync();
        var renewed = (await agent.Post("auth/two-factor/recovery-codes", new { password = Api.Password, code = recovery[0] })).Must(200)["recoveryCodes"][0].GetString()!;

        (await SignIn(agent, recovery[1])).Must(401, "second_factor_required");
        (await SignIn(agent, renewed)).Must(200);
    }

    [Fact]
    public async Task It_is_not_begun_twice_nor_confirmed_unbegun()
    {
        var other = await (await api.FoundAsync()).AddAsync("agent");
        (await other.Post("auth/two-factor/confirm", new { code = "123456" })).Must(409, "two_factor_disabled");
        (await other.Post("auth/two-factor/disable", new { password = Api.Password, code = "123456" })).Must(409, "two_factor_disabled");
        var (agent, _, _) = await WithSecondFactorAsync();
        (await agent.Post("auth/two-factor/begin")).Must(409, "two_factor_enabled");
    }

    [Fact]
    public async Task The_secret_is_kept_encrypted_and_for_its_account_only()
    {
        var (agent, secret, _) = await WithSecondFactorAsync();
        var kept = (byte[])(await api.SqlAsync("select two_factor_secret from kernel.account where email = $1", agent.Email))!;

        Assert.Equal(-1, kept.AsSpan().IndexOf(secret));
        var box = new SecretBox(new Secrets("a signing key for tests, long enough to be accepted").For("two-factor"));
        var accountId = (Guid)(await api.SqlAsync("select id from kernel.account where email = $1", agent.Email))!;
        Assert.Equal(secret, box.Open(kept, accountId.ToByteArray()));
        Assert.Null(box.Open(kept, Guid.CreateVersion7().ToByteArray()));
    }

    [Fact]
    public async Task An_administrator_resets_it_where_the_account_belongs_to_this_tenant_alone()
    {
        var tenant = await api.FoundAsync();
        var (agent, _, _) = await WithSecondFactorAsync(tenant);

        (await tenant.Admin.Post($"users/{agent.UserId}/two-factor/reset")).Must(204);

        (await api.Anonymous.SignInAsync(agent.Email, Api.Password)).Must(200);
        (await agent.Post($"users/{agent.UserId}/two-factor/reset")).Must(403, "forbidden");
        (await tenant.Admin.Post($"users/{tenant.Admin.UserId}/two-factor/reset")).Must(409, "own_account");
    }

    [Fact]
    public async Task An_account_with_another_home_keeps_its_second_factor()
    {
        var (tenant, other) = (await api.FoundAsync(), await api.FoundAsync());
        var (agent, secret, _) = await WithSecondFactorAsync(tenant);
        var token = InvitationTests.TokenOf((await other.Admin.Post("invitations", new { email = agent.Email, role = "viewer" })).Must(201));
        (await api.Anonymous.Post($"auth/invitations/{token}/accept", new { password = Api.Password })).Must(401, "second_factor_required");
        api.Clock.Advance(Totp.Step);
        (await api.Anonymous.Post($"auth/invitations/{token}/accept", new { password = Api.Password, code = CodeNow(secret) })).Must(200);

        (await tenant.Admin.Post($"users/{agent.UserId}/two-factor/reset")).Must(409, "account_shared");
    }

    [Fact]
    public async Task Founding_with_an_existing_account_asks_for_its_second_factor()
    {
        var (agent, secret, _) = await WithSecondFactorAsync();
        object Founding(string? code) => new { tenantName = "Second home", slug = "home-" + agent.UserId.ToString("N")[..20], modules = new[] { "recruiting" }, fullName = "A B", email = agent.Email, password = Api.Password, code };

        (await api.Anonymous.Post("setup/admin", Founding(null))).Must(401, "second_factor_required");
        api.Clock.Advance(Totp.Step);
        (await api.Anonymous.Post("setup/admin", Founding(CodeNow(secret)))).Must(201);
    }

    [Fact]
    public async Task The_operator_lets_a_locked_out_administrator_back_in()
    {
        var tenant = await api.FoundAsync();
        await EnableAsync(tenant.Admin);
        for (var i = 0; i < 8; i++)
        {
            await api.Anonymous.SignInAsync(tenant.Admin.Email, "Wrong-Guess-12345");
        }

        Assert.NotNull(await AccountRecovery.ResetPasswordAsync(api.Services, tenant.Admin.Email, "short", CancellationToken.None));
        Assert.NotNull(await AccountRecovery.ResetPasswordAsync(api.Services, Api.NewEmail(), "Brown-Kettle-88", CancellationToken.None));
        Assert.Null(await AccountRecovery.ResetPasswordAsync(api.Services, tenant.Admin.Email, "Brown-Kettle-88", CancellationToken.None));

        (await tenant.Admin.Get("auth/me")).Must(401);
        (await api.Anonymous.SignInAsync(tenant.Admin.Email, "Brown-Kettle-88")).Must(200);
        Assert.Equal(1L, await api.SqlAsync("select count(*) from kernel.change where target_user_id = $1 and action = 'password_reset'", tenant.Admin.UserId));
    }

    private string CodeNow(byte[] secret) => Totp.CodeAt(secret, Totp.StepAt(api.Clock.Now));

    private Task<Answer> SignIn(Person person, string code) => api.Anonymous.Post("auth/login", new { email = person.Email, password = Api.Password, code });

    private async Task<(Person Person, byte[] Secret, string[] Recovery)> WithSecondFactorAsync(TestTenant? tenant = null)
    {
        var agent = await (tenant ?? await api.FoundAsync()).AddAsync("agent");
        var (secret, recovery) = await EnableAsync(agent);
        return (agent, secret, recovery);
    }

    private async Task<(byte[] Secret, string[] Recovery)> EnableAsync(Person person)
    {
        var secret = Decode((await person.Post("auth/two-factor/begin")).Must(200)["secret"].GetString()!);
        var answer = (await person.Post("auth/two-factor/confirm", new { code = CodeNow(secret) })).Must(200);
        return (secret, [.. answer["recoveryCodes"].EnumerateArray().Select(c => c.GetString()!)]);
    }

    private static byte[] Decode(string base32)
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
