using Npgsql;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Web;

namespace Tessera.Host.Commands;

/// <summary><c>verify-audit</c>: checks every tenant's hash chain; the exit code is 1 when one does not hold.</summary>
internal static class VerifyAudit
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var settings = HostSettings.Read(builder.Configuration, builder.Environment);
        using var logs = LoggerFactory.Create(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        await using var installation = await Installation.OpenAsync(settings, logs, CancellationToken.None);
        var start = new PlatformStart(installation.RuntimeConnectionString, settings.RequireSigningKey(), settings.Demo, settings.DataDirectory, RunsTasks: false);
        builder.Logging.ClearProviders();
        await using var app = Serve.Build(builder, settings, start);
        return await RunAsync(app.Services, Console.Out, CancellationToken.None);
    }

    /// <summary>One line for each tenant, and one at the end.</summary>
    internal static async Task<int> RunAsync(IServiceProvider services, TextWriter output, CancellationToken cancel)
    {
        var verification = services.GetRequiredService<ChangeVerification>();
        var (tenants, broken) = (0, 0);
        foreach (var tenant in await ChangeSealing.TenantsAsync(services.GetRequiredService<NpgsqlDataSource>(), cancel))
        {
            var report = await verification.VerifyAsync(tenant, cancel);
            tenants++;
            broken += report.Intact ? 0 : 1;
            await output.WriteLineAsync($"{tenant}  {(report.Intact ? "intact" : "BROKEN")}  {report.Checked} checked, {report.Sealed} sealed, {report.Pending} pending{Where(report.BrokenAt)}");
        }

        await output.WriteLineAsync(broken == 0 ? $"The audit trail is intact in all {tenants} workspaces." : $"The audit trail does not hold in {broken} of {tenants} workspaces.");
        return broken == 0 ? 0 : 1;
    }

    private static string Where(ChainBreak? broken) =>
        broken is null ? "" : $"; {broken.Problem}{(broken.Seal is { } seal ? $" at link {seal}" : "")}{(broken.From is { } from ? $" from {from.UtcDateTime:O}" : "")}{(broken.To is { } to ? $" to {to.UtcDateTime:O}" : "")}";
}
