using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Tessera.Kernel.Identity;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Identity;

public sealed class AccessTokenTests
{
    /// <summary>RFC 7515, appendix A.1; also the example of RFC 7519, 3.1.</summary>
    private const string RfcToken =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static readonly byte[] RfcKey = Base64Url.DecodeFromChars("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");

    private static readonly Secrets Keys = new("a signing key for tests, long enough to be accepted");

    private readonly TestClock _clock = new();

    [Fact]
    public void The_example_of_rfc_7515_verifies_and_is_made_the_same()
    {
        Assert.Equal("{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}", Encoding.UTF8.GetString(AccessTokens.Verify(RfcToken, RfcKey)!));
        Assert.Equal(RfcToken, AccessTokens.Sign(RfcToken[..RfcToken.LastIndexOf('.')], RfcKey));
    }

    [Fact]
    public void A_token_says_what_it_was_made_with_until_it_expires()
    {
        var tokens = new AccessTokens(Keys, _clock);
        var (account, tenant, user, session) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var (token, expires) = tokens.Issue(account, tenant, user, session);

        var claims = tokens.Read(token)!;

        Assert.Equal((account, tenant, user, session), (claims.AccountId, claims.TenantId, claims.UserId, claims.SessionId));
        Assert.Equal(_clock.Now.AddMinutes(30), expires, TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Null(tokens.Read(token));
    }

    [Fact]
    public async Task A_well_known_library_accepts_our_tokens_and_we_accept_its()
    {
        var (account, tenant, user, session) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var (ours, _) = new AccessTokens(Keys, _clock).Issue(account, tenant, user, session);
        const string Script =
            """
            import { jwtVerify, SignJWT } from 'jose';
            const [token, key, now] = process.argv.slice(1);
            const secret = Buffer.from(key, 'hex');
            const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'], issuer: 'tessera', currentDate: new Date(now) });
            console.log(payload.sid);
            console.log(await new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(secret));
            """;

        var said = await NodeAsync(Script, ours, Convert.ToHexString(Keys.AccessTokens), _clock.Now.ToString("O"));

        Assert.Equal(session.ToString(), said[0]);
        Assert.Equal(session, new AccessTokens(Keys, _clock).Read(said[1])!.SessionId);
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"alg":"hs256"}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","crit":["exp"]}""")]
    [InlineData("""["HS256"]""")]
    [InlineData("not json")]
    public void Another_header_is_refused_even_with_a_right_signature(string header)
    {
        var input = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + "." + RfcToken.Split('.')[1];

        Assert.Null(AccessTokens.Verify(AccessTokens.Sign(input, RfcKey), RfcKey));
    }

    [Fact]
    public void Truncated_altered_unsigned_and_foreign_tokens_are_refused()
    {
        var parts = RfcToken.Split('.');
        Assert.Null(AccessTokens.Verify(RfcToken[..^1], RfcKey));
        Assert.Null(AccessTokens.Verify($"{parts[0]}.{parts[1]}.", RfcKey));
        Assert.Null(AccessTokens.Verify($"{parts[0]}.{parts[1]}", RfcKey));
        Assert.Null(AccessTokens.Verify($"{RfcToken}.{parts[2]}", RfcKey));
        Assert.Null(AccessTokens.Verify($"{parts[0]}.{parts[1][..^4]}.{parts[2]}", RfcKey));
        Assert.Null(AccessTokens.Verify(RfcToken, RandomNumberGenerator.GetBytes(64)));
        Assert.Null(AccessTokens.Verify("", RfcKey));
        Assert.Null(AccessTokens.Verify("...", RfcKey));
        Assert.Null(new AccessTokens(Keys, _clock).Read(new string('a', 3000)));
        Assert.Null(new AccessTokens(Keys, _clock).Read(AccessTokens.Sign(RfcToken[..RfcToken.LastIndexOf('.')], Keys.AccessTokens)));
    }

    /// <summary>Runs a module with the web client's packages; returns its lines.</summary>
    private static async Task<string[]> NodeAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", ["--input-type=module", "--eval", script, .. arguments])
        {
            WorkingDirectory = Repository.Folder("web"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var node = Process.Start(start)!;
        var said = await node.StandardOutput.ReadToEndAsync();
        var complaint = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, complaint);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
