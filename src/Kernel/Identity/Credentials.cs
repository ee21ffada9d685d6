using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity;

/// <summary>How an attempt to prove who one is ended.</summary>
/// <param name="Refusal">Null when the proof holds.</param>
/// <param name="Outcome">For the sign-in history: <c>wrong_password</c>, <c>second_factor_failed</c>; null when there is nothing to note.</param>
internal sealed record Proof(Refusal? Refusal, string? Outcome);

/// <summary>
/// The one place where a password opens anything: sign-in, an invitation, founding, a change of the second factor. Each
/// attempt is throttled, and a password alone is not enough for an account with a second factor.
/// </summary>
internal sealed class Credentials(NpgsqlDataSource database, Passwords passwords, SecondFactor secondFactor, SignInThrottle throttle)
{
    public const string SecondFactorRequired = "second_factor_required";

    /// <param name="http">The request, for its address.</param>
    /// <param name="account">Null when the address is unknown; that takes as long and says the same.</param>
    /// <param name="emailKey">The address as it was typed; counted also when unknown.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="code">The authenticator's code or a recovery code, where one was typed.</param>
    /// <param name="wrong">What to say when account and password do not belong together.</param>
    /// <param name="mayEnter">Whether a right password opens anything; false counts and answers like a wrong one.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<Proof> CheckAsync(
        HttpContext http, Account? account, string emailKey, string? password, string? code, Refusal wrong, bool mayEnter, CancellationToken cancel)
    {
        var address = AddressOf(http);
        if (await throttle.WaitAsync(emailKey, address, cancel) is { } wait)
        {
            return new Proof(TooManyAttempts(http, wait), null);
        }

        var verified = passwords.Verify(account, password ?? "");
        if (verified == PasswordVerificationResult.Failed || !mayEnter)
        {
            await throttle.FailedAsync(emailKey, address, cancel);
            return new Proof(wrong, verified == PasswordVerificationResult.Failed ? "wrong_password" : "no_access");
        }

        if (account!.TwoFactorEnabledAt is not null && await SecondFaultAsync(account, code, address, cancel) is { } fault)
        {
            return fault;
        }

        await throttle.SucceededAsync(emailKey, address, cancel);
        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await Accounts.SetPasswordHashAsync(database, account.Id, passwords.Hash(password!), changedAt: null, cancel);
        }

        return new Proof(null, null);
    }

    public static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    public static Refusal TooManyAttempts(HttpContext http, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        http.Response.Headers.RetryAfter = seconds.ToString();
        return new Refusal(429, "too_many_attempts", $"Too many attempts. Try again in {seconds} seconds.").With("retryAfterSeconds", seconds);
    }

    private async Task<Proof?> SecondFaultAsync(Account account, string? code, string address, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return new Proof(new Refusal(401, SecondFactorRequired, "Send the code of your authenticator app, or a recovery code, along."), null);
        }

        if (await secondFactor.UseAsync(account, code, cancel))
        {
            return null;
        }

        await throttle.FailedAsync(account.EmailKey, address, cancel);
        return new Proof(new Refusal(401, SecondFactorRequired, "This code is not right, or was used already.").On("code", "Not right, or used already."), "second_factor_failed");
    }
}
