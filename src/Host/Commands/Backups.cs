using System.CommandLine;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Exchange;
using Tessera.Kernel.Web;

namespace Tessera.Host.Commands;

/// <summary><c>backup</c>, <c>restore</c> and <c>verify</c>, for operators.</summary>
internal static class Backups
{
    public static Command BackupCommand()
    {
        var tenant = new Argument<string>("tenant") { Description = "The workspace's short name." };
        var formats = new Option<ExchangeFormat[]>("--format") { Description = "Puts readable copies of every noun in: json, csv, sql, xlsx.", AllowMultipleArgumentsPerToken = true };
        var command = new Command("backup", "Backs a workspace up now and says where the file lies.") { tenant, formats };
        command.SetAction((parsed, cancel) => WithServicesAsync(async services =>
        {
            if (await BackupOperations.BackUpAsync(services, parsed.GetValue(tenant)!, parsed.GetValue(formats) ?? [], cancel) is not { } backup)
            {
                await Console.Error.WriteLineAsync($"There is no workspace '{parsed.GetValue(tenant)}'.");
                return 1;
            }

            Console.WriteLine($"{backup.Path}\n{backup.Size} bytes, SHA-256 {backup.Sha256}");
            return 0;
        }));
        return command;
    }

    public static Command RestoreCommand()
    {
        var tenant = new Argument<string>("tenant") { Description = "The workspace's short name." };
        var file = new Argument<FileInfo>("file") { Description = "A backup of this workspace." };
        var noun = new Option<string?>("--noun") { Description = "Only this noun, for example recruiting/candidates." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only says what would happen." };
        var command = new Command("restore", "Brings back what a backup holds, after a backup of what is there now.") { tenant, file, noun, dryRun };
        command.SetAction((parsed, cancel) => WithServicesAsync(async services =>
        {
            if (parsed.GetValue(file) is not { Exists: true } archive)
            {
                await Console.Error.WriteLineAsync("There is no such file.");
                return 1;
            }

            var (text, succeeded) = await BackupOperations.RestoreAsync(services, parsed.GetValue(tenant)!, archive.FullName, parsed.GetValue(noun), parsed.GetValue(dryRun), cancel);
            await (succeeded ? Console.Out : Console.Error).WriteLineAsync(text);
            return succeeded ? 0 : 1;
        }));
        return command;
    }

    public static Command VerifyCommand()
    {
        var file = new Argument<FileInfo>("file") { Description = "A backup of this installation." };
        var command = new Command("verify", "Reads a backup to its end and compares it with its manifest.") { file };
        command.SetAction((parsed, cancel) => WithServicesAsync(async services =>
        {
            if (parsed.GetValue(file) is not { Exists: true } archive)
            {
                await Console.Error.WriteLineAsync("There is no such file.");
                return 1;
            }

            var report = await BackupOperations.VerifyAsync(services, archive.FullName, cancel);
            foreach (var problem in report.Problems)
            {
                await Console.Error.WriteLineAsync(problem);
            }

            Console.WriteLine(report.Intact ? $"Intact: {report.CheckedFiles} entries, {report.CheckedRows} rows." : "This backup is damaged.");
            return report.Intact ? 0 : 1;
        }));
        return command;
    }

    private static async Task<int> WithServicesAsync(Func<IServiceProvider, Task<int>> run)
    {
        var builder = WebApplication.CreateBuilder();
        var settings = HostSettings.Read(builder.Configuration, builder.Environment);
        using var logs = LoggerFactory.Create(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        await using var installation = await Installation.OpenAsync(settings, logs, CancellationToken.None);
        var start = new PlatformStart(installation.RuntimeConnectionString, settings.RequireSigningKey(), settings.Demo, settings.DataDirectory, RunsTasks: false);
        builder.Logging.ClearProviders();
        await using var app = Serve.Build(builder, settings, start);
        return await run(app.Services);
    }
}
