using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity;

/// <summary>
/// The way back in for somebody nobody in the product can help, the only administrator above all. It is for the operator at
/// the machine: whoever can run the host's commands can read its database anyway.
/// </summary>
public static class AccountRecovery
{
    /// <summary>Sets a password, turns the second factor off, ends all sessions and lifts every block of sign-in.</summary>
    /// <returns>What is wrong, in a sentence, or null when it is done.</returns>
    public static async Task<string?> ResetPasswordAsync(IServiceProvider services, string email, string password, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<NpgsqlDataSource>();
        if (await Accounts.FindAsync(database, Emails.KeyOf(email), cancel) is not { } account)
        {
            return $"There is no account of {email}.";
        }

        if (PasswordPolicy.Fault(password, account.Email, account.FullName) is { } fault)
        {
            return fault;
        }

        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow().ToMicroseconds();
        await Accounts.SetPasswordHashAsync(database, account.Id, scope.ServiceProvider.GetRequiredService<Passwords>().Hash(password), now, cancel);
        var hadSecondFactor = await SecondFactor.RemoveAsync(database, account.Id, cancel);
        await scope.ServiceProvider.GetRequiredService<Sessions>().RevokeAllAsync(account.Id, null, null, "password_reset", cancel);
        await scope.ServiceProvider.GetRequiredService<SignInThrottle>().ForgetAsync(account.EmailKey, cancel);
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        foreach (var member in await scope.ServiceProvider.GetRequiredService<Memberships>().OfAsync(account.Id, cancel))
        {
            db.Enter(TenantScope.System(member.TenantId, "Operator"));
            db.Note(new Change { Action = "password_reset", Target = "user", EntityId = member.UserId, Label = member.FullName, TargetUserId = member.UserId });
            if (hadSecondFactor)
            {
                db.Note(new Change { Action = "mfa_disable", Target = "user", EntityId = member.UserId, Label = member.FullName, TargetUserId = member.UserId, Reason = "Password reset by the operator." });
            }

            await db.SaveChangesAsync(cancel);
        }

        return null;
    }
}
