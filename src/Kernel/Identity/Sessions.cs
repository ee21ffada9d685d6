using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity;

/// <summary>Starts, renews and ends sessions.</summary>
internal sealed class Sessions(NpgsqlDataSource database, PlatformDb db, SessionCookies cookies, Secrets secrets, TimeProvider clock)
{
    /// <summary>A session lives this long without being used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Two tabs may present the same token at once; for this long the second gets the first one's successor.</summary>
    public static readonly TimeSpan RotationGrace = TimeSpan.FromSeconds(30);

    private const int MaximumUserAgentLength = 400;

    public static readonly Refusal Expired = new(401, "session_expired", "Your session has ended. Sign in again.");

    public static readonly Refusal CsrfFailed = new(403, "csrf_failed", $"Repeat the session's token in the {SessionCookies.CsrfHeader} header.");

    /// <summary>Begins a session for a member, notes the sign-in and sets the cookies.</summary>
    /// <param name="http">The request, for its address and its answer's cookies.</param>
    /// <param name="accountId">Whose session.</param>
    /// <param name="member">In which tenant.</param>
    /// <param name="action">How it came about: <c>login</c>, <c>switch_tenant</c>, <c>accept_invitation</c>.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<(Session Session, string CsrfToken)> StartAsync(HttpContext http, Guid accountId, Membership member, string action, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().ToMicroseconds();
        var token = Secrets.NewToken();
        var session = new Session
        {
            AccountId = accountId,
            TenantId = member.TenantId,
            UserId = member.UserId,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + Lifetime,
            IpAddress = http.Connection.RemoteIpAddress?.ToString(),
            UserAgent = UserAgentOf(http),
        };
        db.Enter(new TenantScope(member.TenantId, member.UserId, member.FullName, Refused.TraceIdOf(http)));
        db.Add(session);
        db.Add(new RefreshToken { TokenHash = Secrets.HashOf(token), SessionId = session.Id, CreatedAt = now, ExpiresAt = session.ExpiresAt });
        db.Add(new SignIn { AccountId = accountId, TenantId = member.TenantId, At = now, Outcome = "succeeded", IpAddress = session.IpAddress, UserAgent = session.UserAgent });
        db.Note(new Change { Action = action, Target = "session", EntityId = session.Id, Label = member.FullName, TargetUserId = member.UserId });
        await db.SaveChangesAsync(cancel);
        await db.Database.ExecuteSqlAsync($"update kernel.users set last_sign_in_at = {now} where tenant_id = {member.TenantId} and id = {member.UserId}", cancel);
        await db.Database.ExecuteSqlAsync($"update kernel.account set last_tenant_id = {member.TenantId} where id = {accountId}", cancel);
        return (session, cookies.Set(http, session.Id, token, session.ExpiresAt));
    }

    /// <summary>
    /// Exchanges the refresh cookie for its successor. Each token's successor is computed from the token, so two tabs that
    /// refresh at once arrive at the same one, and no readable token is ever stored.
    /// </summary>
    public async Task<(AccessClaims? Claims, string? CsrfToken, Refusal? Refusal)> RefreshAsync(HttpContext http, CancellationToken cancel)
    {
        if (http.Request.Cookies[SessionCookies.RefreshCookie] is not { Length: > 0 and < 200 } token
            || await FindAsync(token, cancel) is not { } found)
        {
            return (null, null, Expired);
        }

        if (!cookies.IsValid(http, found.SessionId))
        {
            return (null, null, CsrfFailed);
        }

        var now = clock.GetUtcNow().ToMicroseconds();
        if (found.RevokedAt is not null || found.ExpiresAt <= now)
        {
            return (null, null, Expired);
        }

        var successor = SuccessorOf(token);
        var rotatedAt = found.RotatedAt ?? await RotateAsync(token, successor, found.SessionId, now, cancel);
        if (rotatedAt is { } earlier && now - earlier > RotationGrace)
        {
            await RevokeAsync(found.SessionId, "token_refresh_reuse", cancel);
            db.Enter(new TenantScope(found.TenantId, found.UserId, "", Refused.TraceIdOf(http)));
            db.Note(new Change { Action = "token_refresh_reuse", Target = "session", EntityId = found.SessionId, TargetUserId = found.UserId });
            await db.SaveChangesAsync(cancel);
            return (null, null, Expired);
        }

        var csrf = cookies.Set(http, found.SessionId, successor, now + Lifetime);
        return (new AccessClaims(found.AccountId, found.TenantId, found.UserId, found.SessionId, default), csrf, null);
    }

    /// <summary>The session the cookie belongs to, if its CSRF token is right.</summary>
    public async Task<(FoundToken? Session, Refusal? Refusal)> FromCookieAsync(HttpContext http, CancellationToken cancel) =>
        http.Request.Cookies[SessionCookies.RefreshCookie] is not { Length: > 0 and < 200 } token || await FindAsync(token, cancel) is not { } found
            ? (null, null)
            : cookies.IsValid(http, found.SessionId) ? (found, null) : (null, CsrfFailed);

    public async Task RevokeAsync(Guid sessionId, string reason, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("update kernel.session set revoked_at = $2, revoke_reason = $3 where id = $1 and revoked_at is null");
        command.Parameters.Add(new() { Value = sessionId });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        command.Parameters.Add(new() { Value = reason });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Ends the account's sessions, in all tenants or one, except <paramref name="keep"/>.</summary>
    public async Task<int> RevokeAllAsync(Guid accountId, Guid? tenantId, Guid? keep, string reason, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            update kernel.session set revoked_at = $1, revoke_reason = $2
            where account_id = $3 and revoked_at is null and ($4::uuid is null or tenant_id = $4) and ($5::uuid is null or id <> $5)
            """);
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        command.Parameters.Add(new() { Value = reason });
        command.Parameters.Add(new() { Value = accountId });
        command.Parameters.Add(new() { Value = (object?)tenantId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = (object?)keep ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public static string? UserAgentOf(HttpContext http)
    {
        var agent = http.Request.Headers.UserAgent.ToString();
        return agent.Length == 0 ? null : agent[..Math.Min(agent.Length, MaximumUserAgentLength)];
    }

    private string SuccessorOf(string token) => Base64Url.EncodeToString(HMACSHA256.HashData(secrets.RefreshTokens, Encoding.UTF8.GetBytes(token)));

    /// <returns>Null when this call rotated the token; when another did a moment earlier, the time it did.</returns>
    private async Task<DateTimeOffset?> RotateAsync(string token, string successor, Guid sessionId, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var rotate = new NpgsqlCommand("update kernel.refresh_token set rotated_at = $2 where token_hash = $1 and rotated_at is null", connection, transaction))
        {
            rotate.Parameters.Add(new() { Value = Secrets.HashOf(token) });
            rotate.Parameters.Add(new() { Value = now });
            if (await rotate.ExecuteNonQueryAsync(cancel) == 0)
            {
                return (await FindAsync(token, cancel))?.RotatedAt ?? now;
            }
        }

        await using var insert = new NpgsqlCommand(
            """
            with renewed as (update kernel.session set last_seen_at = $3, expires_at = $4 where id = $2)
            insert into kernel.refresh_token (token_hash, session_id, created_at, expires_at) values ($1, $2, $3, $4) on conflict do nothing
            """,
            connection,
            transaction);
        insert.Parameters.Add(new() { Value = Secrets.HashOf(successor) });
        insert.Parameters.Add(new() { Value = sessionId });
        insert.Parameters.Add(new() { Value = now });
        insert.Parameters.Add(new() { Value = now + Lifetime });
        await insert.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    private async Task<FoundToken?> FindAsync(string token, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            select s.id, s.account_id, s.tenant_id, s.user_id, r.expires_at, r.rotated_at, s.revoked_at
            from kernel.refresh_token r join kernel.session s on s.id = r.session_id where r.token_hash = $1
            """);
        command.Parameters.Add(new() { Value = Secrets.HashOf(token) });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? new FoundToken(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetFieldValue<DateTimeOffset?>(5), reader.GetFieldValue<DateTimeOffset?>(6))
            : null;
    }

    /// <summary>A refresh token's row and its session's.</summary>
    public sealed record FoundToken(
        Guid SessionId, Guid AccountId, Guid TenantId, Guid UserId, DateTimeOffset ExpiresAt, DateTimeOffset? RotatedAt, DateTimeOffset? RevokedAt);
}
