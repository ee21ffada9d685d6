using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity;

/// <summary>One of the person's sessions.</summary>
public sealed record SessionRow(Guid Id, bool Current, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string? IpAddress, string? UserAgent);

/// <summary>One attempt to sign in as this person.</summary>
public sealed record SignInRow(DateTimeOffset At, string Outcome, string? IpAddress, string? UserAgent);

/// <summary><c>POST /auth/refresh</c>: the cookie becomes a new access token.</summary>
internal static class RefreshSession
{
    public static void Map(RouteGroupBuilder auth) => auth.Post("/refresh", Handle).WithName("refresh")
        .OpenToEverybody("The session cookie and its CSRF token are the proof.").WithSummary("Renews the session from its cookie.");

    private static async Task<Results<Ok<SignedIn>, Refused>> Handle(HttpContext http, Sessions sessions, SignedInBuilder builder, CancellationToken cancel)
    {
        var (claims, csrf, refusal) = await sessions.RefreshAsync(http, cancel);
        if (claims is null)
        {
            return new Refused(refusal!);
        }

        var (answer, gone) = await builder.AnswerAsync(claims, csrf!, cancel);
        return answer is null ? new Refused(gone!) : TypedResults.Ok(answer);
    }
}

/// <summary><c>POST /auth/logout</c>: ends the cookie's session.</summary>
internal static class Logout
{
    public static void Map(RouteGroupBuilder auth) => auth.Post("/logout", Handle).WithName("logout")
        .OpenToEverybody("The session cookie and its CSRF token are the proof.").WithSummary("Ends the session.");

    private static async Task<Results<NoContent, Refused>> Handle(HttpContext http, Sessions sessions, SessionCookies cookies, PlatformDb db, CancellationToken cancel)
    {
        var (found, refusal) = await sessions.FromCookieAsync(http, cancel);
        if (refusal is not null)
        {
            return new Refused(refusal);
        }

        if (found is { RevokedAt: null })
        {
            await sessions.RevokeAsync(found.SessionId, "logout", cancel);
            db.Enter(TenantScope.System(found.TenantId));
            var name = await db.Set<User>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(u => u.Id == found.UserId).Select(u => u.FullName).FirstOrDefaultAsync(cancel);
            db.Enter(new TenantScope(found.TenantId, found.UserId, name ?? "", Refused.TraceIdOf(http)));
            db.Note(new Change { Action = "logout", Target = "session", EntityId = found.SessionId, Label = name, TargetUserId = found.UserId });
            await db.SaveChangesAsync(cancel);
        }

        cookies.Clear(http);
        return TypedResults.NoContent();
    }
}

/// <summary><c>GET /auth/me</c>.</summary>
internal static class WhoAmI
{
    public static void Map(RouteGroupBuilder auth) => auth.Get("/me", Handle).WithName("me").RequiresMember().WithMetadata(new DecidesAfresh())
        .WithSummary("Who is signed in and what they may open.");

    private static async Task<Ok<Me>> Handle(HttpContext http, SignedInBuilder builder, CancellationToken cancel) =>
        TypedResults.Ok(await builder.MeAsync(http.CurrentUser(), cancel));
}

/// <summary><c>POST /auth/switch</c>: the same person in another of their tenants.</summary>
internal static class SwitchTenant
{
    public sealed record Request([Required, MaxLength(64)] string Tenant);

    public static void Map(RouteGroupBuilder auth) => auth.Post("/switch", Handle).WithName("switchTenant").RequiresMember()
        .WithSummary("Goes to another of the person's tenants; the old session ends.");

    private static async Task<Results<Ok<SignedIn>, Refused>> Handle(
        Request request, HttpContext http, Sessions sessions, Memberships memberships, SignedInBuilder builder, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        var mine = await memberships.OfAsync(user.AccountId, cancel);
        if (mine.FirstOrDefault(m => m.Slug == request.Tenant) is not { } member)
        {
            return new Refused(Refusals.NotFound.On("tenant", "You do not belong to such a workspace."));
        }

        await sessions.RevokeAsync(user.SessionId, "switched", cancel);
        var (answer, refusal) = await builder.StartAsync(sessions, http, user.AccountId, member, "switch_tenant", cancel);
        return answer is null ? new Refused(refusal!) : TypedResults.Ok(answer);
    }
}

/// <summary><c>PUT /auth/profile</c>: what people set for themselves.</summary>
internal static class UpdateProfile
{
    public sealed record Request
    {
        [Required, MaxLength(200)]
        public string FullName { get; init; } = "";

        [Required, RegularExpression("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", ErrorMessage = "Use a language tag such as en or de-CH.")]
        public string Locale { get; init; } = "en";

        [Required, TimeZoneName]
        public string TimeZone { get; init; } = "UTC";

        public Theme Theme { get; init; }
    }

    public static void Map(RouteGroupBuilder auth) => auth.Put("/profile", Handle).WithName("updateProfile").RequiresMember()
        .WithSummary("Changes the person's own name, language, time zone and theme.");

    private static async Task<Ok<Me>> Handle(Request request, HttpContext http, PlatformDb db, SignedInBuilder builder, CancellationToken cancel)
    {
        var current = http.CurrentUser();
        var account = await db.Set<Account>().FirstAsync(a => a.Id == current.AccountId, cancel);
        account.FullName = request.FullName.Trim();
        account.Locale = request.Locale;
        account.TimeZone = request.TimeZone;
        account.Theme = request.Theme;
        var user = await db.Set<User>().FirstAsync(u => u.Id == current.UserId, cancel);
        user.FullName = account.FullName;
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(await builder.MeAsync(current with { FullName = account.FullName }, cancel));
    }
}

/// <summary><c>POST /auth/password</c>: a new password ends all other sessions.</summary>
internal static class ChangePassword
{
    public sealed record Request
    {
        [Required, MaxLength(PasswordPolicy.MaximumLength)]
        public string CurrentPassword { get; init; } = "";

        [Required, NewPassword]
        public string NewPassword { get; init; } = "";
    }

    public static void Map(RouteGroupBuilder auth) => auth.Post("/password", Handle).WithName("changePassword").RequiresMember()
        .WithSummary("Changes the password and ends all other sessions.");

    private static async Task<Results<NoContent, Refused>> Handle(
        Request request, HttpContext http, PlatformDb db, NpgsqlDataSource database, Passwords passwords, SignInThrottle throttle, Sessions sessions, TimeProvider clock, CancellationToken cancel)
    {
        var current = http.CurrentUser();
        var address = Credentials.AddressOf(http);
        var account = await db.Set<Account>().FirstAsync(a => a.Id == current.AccountId, cancel);
        if (await throttle.WaitAsync(account.EmailKey, address, cancel) is { } wait)
        {
            return new Refused(Credentials.TooManyAttempts(http, wait));
        }

        if (passwords.Verify(account, request.CurrentPassword) == PasswordVerificationResult.Failed)
        {
            await throttle.FailedAsync(account.EmailKey, address, cancel);
            return new Refused(Refusals.Invalid("currentPassword", "This is not your password."));
        }

        if (PasswordPolicy.Fault(request.NewPassword, account.Email, account.FullName) is { } fault)
        {
            return new Refused(Refusals.Invalid("newPassword", fault));
        }

        account.PasswordHash = passwords.Hash(request.NewPassword);
        account.PasswordChangedAt = clock.GetUtcNow().ToMicroseconds();
        db.Note(new Change { Action = "password_change", Target = "user", EntityId = current.UserId, Label = current.FullName, TargetUserId = current.UserId });
        await db.SaveChangesAsync(cancel);
        await sessions.RevokeAllAsync(account.Id, null, current.SessionId, "password_change", cancel);
        return TypedResults.NoContent();
    }
}

/// <summary><c>/auth/sessions</c>: where the person is signed in, and ending it there.</summary>
internal static class MySessions
{
    public static void Map(RouteGroupBuilder auth)
    {
        auth.Get("/sessions", List).WithName("listSessions").RequiresMember().WithMetadata(new DecidesAfresh()).WithSummary("Where the person is signed in.");
        auth.Delete("/sessions/{id:guid}", End).WithName("endSession").RequiresMember().WithSummary("Ends one session.");
        auth.Delete("/sessions", EndOthers).WithName("endOtherSessions").RequiresMember().WithSummary("Ends all other sessions.");
        auth.Get("/sign-ins", History).WithName("listSignIns").RequiresMember().WithMetadata(new DecidesAfresh()).WithSummary("The latest attempts to sign in as this person.");
    }

    private static async Task<Ok<ItemList<SessionRow>>> List(HttpContext http, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        var user = http.CurrentUser().Self;
        var now = clock.GetUtcNow();
        var sessions = await db.Set<Session>().Where(s => s.AccountId == user.AccountId && s.RevokedAt == null && s.ExpiresAt > now)
            .OrderByDescending(s => s.LastSeenAt).Take(100)
            .Select(s => new SessionRow(s.Id, s.Id == user.SessionId, s.CreatedAt, s.LastSeenAt, s.IpAddress, s.UserAgent)).ToListAsync(cancel);
        return TypedResults.Ok(new ItemList<SessionRow>(sessions));
    }

    private static async Task<Results<NoContent, Refused>> End(Guid id, HttpContext http, PlatformDb db, Sessions sessions, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        if (!await db.Set<Session>().AnyAsync(s => s.Id == id && s.AccountId == user.AccountId && s.RevokedAt == null, cancel))
        {
            return new Refused(Refusals.NotFound);
        }

        await sessions.RevokeAsync(id, "ended_by_user", cancel);
        db.Note(new Change { Action = "end_session", Target = "session", EntityId = id, Label = user.FullName, TargetUserId = user.UserId });
        await db.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> EndOthers(HttpContext http, PlatformDb db, Sessions sessions, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        if (await sessions.RevokeAllAsync(user.AccountId, null, user.SessionId, "ended_by_user", cancel) > 0)
        {
            db.Note(new Change { Action = "end_session", Target = "session", Label = user.FullName, TargetUserId = user.UserId });
            await db.SaveChangesAsync(cancel);
        }

        return TypedResults.NoContent();
    }

    private static async Task<Ok<ItemList<SignInRow>>> History(HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        var accountId = http.CurrentUser().Self.AccountId;
        var attempts = await db.Set<SignIn>().Where(s => s.AccountId == accountId).OrderByDescending(s => s.At).Take(50)
            .Select(s => new SignInRow(s.At, s.Outcome, s.IpAddress, s.UserAgent)).ToListAsync(cancel);
        return TypedResults.Ok(new ItemList<SignInRow>(attempts));
    }
}
