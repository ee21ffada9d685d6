using Tessera.Kernel.Identity;
using Tessera.Kernel.Web;

namespace Tessera.Host.Commands;

/// <summary>
/// <c>reset-password EMAIL</c>: takes the new password from a line of standard input, where it stays out of the list of
/// processes and the shell's history.
/// </summary>
internal static class ResetPassword
{
    public static async Task<int> RunAsync(string email)
    {
        var password = ReadPassword(email);
        if (string.IsNullOrEmpty(password))
        {
            await Console.Error.WriteLineAsync("No password came on standard input.");
            return 1;
        }

        var builder = WebApplication.CreateBuilder();
        var settings = HostSettings.Read(builder.Configuration, builder.Environment);
        using var logs = LoggerFactory.Create(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        await using var installation = await Installation.OpenAsync(settings, logs, CancellationToken.None);
        var start = new PlatformStart(installation.RuntimeConnectionString, settings.RequireSigningKey(), settings.Demo, settings.DataDirectory);
        builder.Logging.ClearProviders();
        await using var app = Serve.Build(builder, settings, start);
        if (await AccountRecovery.ResetPasswordAsync(app.Services, email, password, CancellationToken.None) is { } fault)
        {
            await Console.Error.WriteLineAsync(fault);
            return 1;
        }

        Console.WriteLine($"{email} can sign in with the new password. The second factor is off, all sessions have ended.");
        return 0;
    }

    private static string? ReadPassword(string email)
    {
        if (Console.IsInputRedirected)
        {
            return Console.In.ReadLine();
        }

        Console.Write($"New password for {email}: ");
        var typed = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.WriteLine();
        return typed.ToString();
    }
}
