using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Host.Commands;

/// <summary><c>draft-migration</c>: prints the SQL for records that have no table yet.</summary>
internal static class DraftMigration
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var settings = HostSettings.Read(builder.Configuration, builder.Environment);
        using var logs = LoggerFactory.Create(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        await using var installation = await Installation.OpenAsync(settings, logs, CancellationToken.None);
        builder.Logging.ClearProviders();
        await using var app = Serve.Build(builder, settings, new PlatformStart(installation.RuntimeConnectionString, settings.RequireSigningKey(), false, settings.DataDirectory));
        await using var db = app.Services.GetRequiredService<TenantDbFactory>().Open(TenantScope.System(Guid.AllBitsSet));
        var drafts = await MigrationDraft.WriteAsync(
            db, app.Services.GetServices<IRecordSet>(), app.Services.GetRequiredService<Npgsql.NpgsqlDataSource>(), CancellationToken.None);
        foreach (var (schema, sql) in drafts)
        {
            Console.WriteLine($"-- src/Modules/…/Migrations/….sql ({schema})\n{sql}");
        }

        if (drafts.Count == 0)
        {
            Console.WriteLine("Every record has its table.");
        }

        return 0;
    }
}
