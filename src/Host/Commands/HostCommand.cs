using System.CommandLine;

namespace Tessera.Host.Commands;

/// <summary>The executable's commands. Without one it serves.</summary>
internal static class HostCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        // Tools that start the host to look at it (tests, the OpenAPI build) pass switches of their own; those are configuration.
        if (args is [] or ["serve", ..] || args[0].StartsWith('-'))
        {
            return Serve.RunAsync(args);
        }

        var root = new RootCommand("Tessera: an open business platform.")
        {
            Command("serve", "Serves the API and the web client (the default).", Serve.RunAsync),
            Command("migrate", "Brings the database to the newest schema.", Migrate.RunAsync),
            Command("verify-audit", "Checks that no entry of the audit trail was changed, removed or slipped in.", VerifyAudit.RunAsync),
            Command("draft-migration", "Prints the SQL for declared records that have no table yet.", DraftMigration.RunAsync),
            ResetPasswordCommand(),
            Backups.BackupCommand(),
            Backups.RestoreCommand(),
            Backups.VerifyCommand(),
            Command("seed", "Adds the demo tenants; refused in production.", Seed.RunAsync),
        };
        return root.Parse(args).InvokeAsync();
    }

    private static Command Command(string name, string description, Func<string[], Task<int>> run)
    {
        var command = new Command(name, description);
        command.SetAction((_, _) => run([]));
        return command;
    }

    private static Command ResetPasswordCommand()
    {
        var email = new Argument<string>("email") { Description = "Address of the account." };
        var command = new Command("reset-password", "Sets an account's password from standard input, for whoever locked themselves out.") { email };
        command.SetAction((parsed, _) => ResetPassword.RunAsync(parsed.GetValue(email)!));
        return command;
    }
}
